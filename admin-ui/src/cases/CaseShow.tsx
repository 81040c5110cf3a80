import { Card, Link, List, ListItem, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router-dom';
import { PartTables } from '../detail/PartTables.tsx';
import { SubjectShow } from '../detail/SubjectShow.tsx';
import { itemStatus } from '../items/status.ts';
import { recordPath } from '../layout/links.ts';
import { Nothing } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { CaseStays } from '../stays/CaseStays.tsx';
import { OpenButton } from '../steps/StepMenu.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import { StatusTag, Tag } from '../subjects/Status.tsx';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { belongs, caseStages, likelyStep, stageOfStep } from './stages.ts';
import { caseStatus } from './status.ts';

const sorting = { headings: caseStages.map(({ label }) => label), heading: stageOfStep, offers: belongs };

export function CaseShow() {
  const say = useSay();
  const may = useMay();
  const subject = useSubject('case');
  const item = useSubject('item');
  const activities = subject.parts.map(({ name }) => name).filter((name) => name !== 'people');
  return (
    <SubjectShow
      subject="case"
      status={caseStatus}
      groups={caseStages}
      sorted={sorting}
      likely={likelyStep}
      head={[
        'kind',
        'unit',
        'lead',
        'coOfficers',
        'reportedAt',
        'acceptedAt',
        'filedAt',
        'acceptanceNumber',
        'filingNumber',
        'legalReview',
        'decision',
        'closedAt',
      ]}
      tags={(one) => (
        <>
          {one.enterprise === true && <Tag tone="other">{say('涉企', 'Enterprise')}</Tag>}
          {one.suspectKnown === true ? (
            <Tag>{say('嫌疑人已明确', 'Suspect known')}</Tag>
          ) : (
            <Tag>{say('嫌疑人未明确', 'Suspect unknown')}</Tag>
          )}
        </>
      )}
      tabs={[
        {
          label: { zh: '活动与措施', en: 'Acts and measures' },
          body: (one) => <Parts of={one} only={activities} />,
        },
        {
          label: { zh: '涉案人员', en: 'People' },
          body: (one) => <Parts of={one} only={['people']} />,
        },
      ]}
      actions={(one) =>
        may('item.take') && (
          <OpenButton
            subject={item}
            variant="outlined"
            given={{ case: one.id, unit: one.unit, administrative: one.kind !== 'criminal' }}
          />
        )
      }
      papers={(one) => [
        {
          kind: 'case-audit',
          label: { zh: '案件监督审查报告', en: 'Case audit report' },
          hint: { zh: '全链、期限、缺口与问题', en: 'Chain, limits, holes and issues' },
          subjectId: one.id,
        },
      ]}
      side={(one) => (
        <>
          <CaseStays id={one.id} />
          <CaseItems id={one.id} />
        </>
      )}
    />
  );
}

/** Tables of these parts, or a word that there are none yet. */
function Parts({ of, only }: { of: SubjectRecord; only: string[] }) {
  const say = useSay();
  const subject = useSubject('case');
  return only.some((part) => (of.parts?.[part]?.length ?? 0) > 0) ? (
    <PartTables subject={subject} record={of} only={only} />
  ) : (
    <Nothing title={say('尚未登记', 'Nothing recorded yet')} />
  );
}

function CaseItems({ id }: { id: string }) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['items', 'of', id],
    queryFn: () =>
      api<SubjectRecord[]>(
        `/items?filter=${encodeURIComponent(JSON.stringify({ case: id }))}&sort=${encodeURIComponent('["takenAt","ASC"]')}&range=${encodeURIComponent('[0,99]')}`,
      ),
  });
  if (!data?.length) return null;
  return (
    <Card component="section">
      <Typography variant="h3" component="h2" sx={{ p: 2, pb: 0.5 }}>
        {say('涉案财物', 'Case property')} {data.length}
      </Typography>
      <List dense>
        {data.map((item) => (
          <ListItem key={item.id} secondaryAction={<StatusTag status={itemStatus(item)} />} sx={{ pr: 14 }}>
            <Link component={RouterLink} to={recordPath('items', item.id)} noWrap>
              {String(item.name)}
              {item.quantity ? ` ${item.quantity}${item.measure ?? ''}` : ''}
            </Link>
          </ListItem>
        ))}
      </List>
    </Card>
  );
}
