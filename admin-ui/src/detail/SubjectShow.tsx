import { Box, Card, Tab, Tabs, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { ShowBase, useShowContext } from 'react-admin';
import { ChainCard } from '../chain/ChainCard.tsx';
import { EnterFinding } from '../findings/EnterFinding.tsx';
import { useDocumentTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { useMay } from '../providers/session.ts';
import { Papers } from '../reports/Papers.tsx';
import { type Paper, PrintButton } from '../reports/PrintButton.tsx';
import { StepMenu, type StepSorting } from '../steps/StepMenu.tsx';
import { FactGrid } from '../subjects/FactGrid.tsx';
import { Reveal } from '../subjects/Reveal.tsx';
import { mayStep, numberOf, type SubjectRecord, titleOf } from '../subjects/record.ts';
import { type Status, StatusTag } from '../subjects/Status.tsx';
import type { Subject } from '../vocabulary/types.ts';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { type Text, useSay } from '../words/say.ts';
import { Duties } from './Duties.tsx';
import { type FactGroup, FactGroups } from './FactGroups.tsx';
import { LedgerTab } from './LedgerTab.tsx';
import { PartTables } from './PartTables.tsx';
import { Timeline } from './Timeline.tsx';
import { wholeRecord } from './whole-record.ts';

export interface DetailTab {
  label: Text;
  body: (record: SubjectRecord) => ReactNode;
}

interface Props {
  subject: string;
  status: (record: SubjectRecord) => Status | undefined;
  /** Facts under the title, by name. */
  head: string[];
  tags?: (record: SubjectRecord) => ReactNode;
  /** Tabs of this noun, before facts and log. */
  tabs?: DetailTab[];
  actions?: (record: SubjectRecord) => ReactNode;
  papers?: (record: SubjectRecord) => Paper[];
  /** The step most likely wanted now, where the order of the declaration does not tell. */
  likely?: (record: SubjectRecord) => string | undefined;
  /** Headings for the facts, where they are too many for one list. */
  groups?: readonly FactGroup[];
  /** Heading of a step in the menu, and whether this record is offered it at all. */
  sorted?: StepSorting;
  chain?: boolean;
  side?: (record: SubjectRecord) => ReactNode;
}

/** Detail of any subject: what it is, the chain, the timeline first, what is owed beside it. */
export function SubjectShow(props: Props) {
  const subject = useSubject(props.subject);
  return (
    <ShowBase resource={subject.plural} queryOptions={wholeRecord} disableAuthentication>
      <Detail {...props} type={subject} />
    </ShowBase>
  );
}

function Detail({
  type,
  status,
  head,
  tags,
  tabs = [],
  actions,
  papers,
  likely,
  groups,
  sorted,
  chain = true,
  side,
}: Props & { type: Subject }) {
  const say = useSay();
  const may = useMay();
  const { record, error, isPending, refetch } = useShowContext<SubjectRecord>();
  const [tab, setTab] = useState(0);
  useDocumentTitle(record ? `${say(type.label)} ${titleOf(type, record) || numberOf(type, record)}` : '');
  if (error)
    return (error as { status?: number }).status === 404 ? (
      <Card>
        <Nothing
          title={say('没有找到这条记录', 'There is no such record')}
          hint={say('它可能不在您的权限范围内', 'It may be outside your scope')}
        />
      </Card>
    ) : (
      <Failure error={error} retry={() => void refetch()} />
    );
  if (isPending || !record) return <Waiting rows={6} height={64} />;
  const all: DetailTab[] = [
    { label: { zh: '办理环节', en: 'Steps' }, body: (one) => <Timeline subject={type} record={one} /> },
    ...tabs,
    {
      label: { zh: '登记事项', en: 'Facts' },
      body: (one) => (
        <>
          {groups ? (
            <FactGroups subject={type} record={one} groups={groups} />
          ) : (
            <FactGrid facts={type.facts} values={one} refs={one.refs} />
          )}
          <PartTables subject={type} record={one} />
        </>
      ),
    },
    ...(may(`${type.name}.ledger`) || mayStep(record, type.name, 'ledger')
      ? [
          {
            label: { zh: '防篡改日志', en: 'Log' },
            body: (one: SubjectRecord) => <LedgerTab subject={type} id={one.id} />,
          },
        ]
      : []),
  ];
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Card component="header" sx={{ p: 2 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'flex-start' }}>
          <Box sx={{ flex: 1, minWidth: 260 }}>
            <Typography variant="body2" color="text.secondary">
              {say(type.label)} {type.title ? numberOf(type, record) : ''}
            </Typography>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
              <Typography variant="h1">{titleOf(type, record) || numberOf(type, record)}</Typography>
              <StatusTag status={status(record)} />
              {tags?.(record)}
            </Box>
          </Box>
          <Box className="no-print" sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <StepMenu subject={type} record={record} likely={likely?.(record)} sorted={sorted} />
            {actions?.(record)}
            {(record.masked?.length ?? 0) > 0 && may(`${type.name}.reveal`) && (
              <Reveal subject={type} record={record} />
            )}
            {may('finding.create') && <EnterFinding subject={type} record={record} />}
            <PrintButton papers={may('report.create') ? (papers?.(record) ?? []) : []} />
          </Box>
        </Box>
        <Box sx={{ mt: 1.5 }}>
          <FactGrid
            facts={head.flatMap((name) => factIn(type, name) ?? [])}
            values={record}
            refs={record.refs}
            empty
            min={150}
          />
        </Box>
      </Card>
      {chain && <ChainCard plural={type.plural} id={record.id} />}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 400px' },
          alignItems: 'start',
        }}
      >
        <Card>
          <Tabs
            value={Math.min(tab, all.length - 1)}
            onChange={(_, next: number) => setTab(next)}
            variant="scrollable"
            sx={{ borderBottom: 1, borderColor: 'divider' }}
          >
            {all.map((one) => (
              <Tab key={one.label.en} label={say(one.label)} />
            ))}
          </Tabs>
          <Box role="tabpanel" sx={{ p: 2 }}>
            {all[Math.min(tab, all.length - 1)]?.body(record)}
          </Box>
        </Card>
        <Box sx={{ display: 'grid', gap: 2 }}>
          <Duties plural={type.plural} id={record.id} />
          {side?.(record)}
          <Papers subjectId={record.id} />
        </Box>
      </Box>
    </Box>
  );
}
