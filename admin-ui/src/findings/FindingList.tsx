import { Badge, Box, Card, Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { DataTable, ListBase, useListContext } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { FilterBar } from '../lists/FilterBar.tsx';
import { PhoneRows, usePhone } from '../lists/PhoneRows.tsx';
import { ListStates, ListTitle, tableStyle } from '../lists/SubjectList.tsx';
import { api } from '../providers/http.ts';
import { useRole } from '../providers/session.ts';
import { FactValue } from '../subjects/FactValue.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import { StatusTag, severityOf } from '../subjects/Status.tsx';
import { TimeLeft } from '../subjects/TimeLeft.tsx';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { findingStatus, isOpen, levels, type Queue, queues } from './states.ts';

/** Issues by queue: each role lands on the shelf where its own work lies. */
export function FindingList() {
  const say = useSay();
  const role = useRole();
  const [params, setParams] = useSearchParams();
  const own = role('legal-reviewer', 'legal-head', 'inspector')
    ? 'judging'
    : role('case-management-officer')
      ? 'screening'
      : 'all';
  const queue = queues.find((one) => one.key === (params.get('queue') ?? own)) ?? (queues[0] as Queue);
  const choose = (key: string) => {
    const next = new URLSearchParams();
    next.set('queue', key);
    setParams(next);
  };
  return (
    <ListBase
      resource="findings"
      key={queue.key}
      sort={{
        field:
          queue.key === 'closed' ? 'closedAt' : queue.key === 'all' || queue.key === 'aside' ? 'raisedAt' : 'dueAt',
        order: ['closed', 'all', 'aside'].includes(queue.key) ? 'DESC' : 'ASC',
      }}
      perPage={25}
      filter={queue.states.length > 0 ? { state: queue.states } : {}}
      storeKey={`findings.${queue.key}`}
      disableAuthentication
    >
      <ListTitle title={say('执法问题', 'Enforcement issues')} />
      <Card>
        <QueueTabs chosen={queue.key} choose={choose} />
        <Rows />
      </Card>
    </ListBase>
  );
}

function QueueTabs({ chosen, choose }: { chosen: string; choose: (key: string) => void }) {
  const say = useSay();
  const { data } = useQuery({ queryKey: ['counts', 'findings'], queryFn: readCounts });
  return (
    <Tabs
      value={chosen}
      onChange={(_, key: string) => choose(key)}
      variant="scrollable"
      scrollButtons="auto"
      sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
      aria-label={say('队列', 'Queues')}
    >
      {queues.map((queue) => (
        <Tab
          key={queue.key}
          value={queue.key}
          label={
            <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
              {say(queue.label)}
              <Count of={data?.[queue.key]} strong={!['closed', 'aside', 'all'].includes(queue.key)} />
            </Box>
          }
        />
      ))}
    </Tabs>
  );
}

const Count = ({ of, strong }: { of: number | undefined; strong: boolean }) =>
  of === undefined ? null : (
    <Badge
      component="span"
      sx={{
        px: 0.75,
        minWidth: 20,
        borderRadius: 5,
        fontSize: 12,
        lineHeight: '18px',
        textAlign: 'center',
        justifyContent: 'center',
        bgcolor: strong && of > 0 ? '#dce8f6' : '#eceff3',
        color: strong && of > 0 ? '#12386b' : 'text.secondary',
      }}
    >
      {of > 999 ? '999+' : of}
    </Badge>
  );

/** Counts of the shelves, and how many of each are over their time. */
async function readCounts(): Promise<Record<string, number>> {
  const stations = await api<{ state: string; count: number; overdue: number }[]>('/findings/queues');
  const sum = (states: string[]) =>
    stations
      .filter((one) => states.length === 0 || states.includes(one.state))
      .reduce((all, one) => all + one.count, 0);
  return Object.fromEntries(queues.map((queue) => [queue.key, sum(queue.states)]));
}

function Rows() {
  const say = useSay();
  const subject = useSubject('finding');
  const phone = usePhone();
  const { filterValues } = useListContext();
  const title = (record: SubjectRecord) =>
    say(String(record.title ?? ''), String(record.titleEn ?? record.title ?? ''));
  const sentence = (record: SubjectRecord) =>
    say(String(record.sentence ?? ''), String(record.sentenceEn ?? record.sentence ?? ''));
  const facts = ['severity', 'level', 'department', 'subjectType']
    .flatMap((name) => factIn(subject, name) ?? [])
    .filter((fact) => fact.options.length > 0);
  const cell = (name: string, width = 200) => {
    const fact = factIn(subject, name);
    return (
      fact && (
        <DataTable.Col
          key={name}
          source={name}
          label={say(fact.label)}
          cellSx={() => ({ maxWidth: width })}
          render={(record: SubjectRecord) => <FactValue fact={fact} value={record[name]} refs={record.refs} />}
        />
      )
    );
  };
  return (
    <>
      <FilterBar
        facts={facts}
        dated={factIn(subject, 'raisedAt')}
        hint={say('问题编号、类型、对象编号', 'Number, issue, subject no.')}
      />
      <ListStates label={say('问题', 'issues')} key={JSON.stringify(filterValues)}>
        {phone ? (
          <PhoneRows
            row={(record) => ({
              title: title(record),
              sub: sentence(record),
              tags: (
                <>
                  <TimeLeft due={isOpen(record) ? (record.dueAt as string | null) : null} />
                  <StatusTag status={findingStatus(record)} />
                  <StatusTag status={severityOf(record.severity)} />
                  <StatusTag status={levels[String(record.level)]} />
                </>
              ),
            })}
          />
        ) : (
          <DataTable rowClick="show" bulkActionButtons={false} sx={tableStyle} size="small">
            <DataTable.Col
              source="title"
              label={say('问题', 'Issue')}
              cellSx={() => ({ maxWidth: 420 })}
              render={(record: SubjectRecord) => (
                <Box>
                  <Box component="span" sx={{ fontWeight: 600, color: 'primary.main' }}>
                    {title(record)}
                  </Box>
                  <Box
                    sx={{
                      color: 'text.secondary',
                      fontSize: 13,
                      overflow: 'hidden',
                      display: '-webkit-box',
                      WebkitLineClamp: 2,
                      WebkitBoxOrient: 'vertical',
                    }}
                  >
                    {sentence(record)}
                  </Box>
                </Box>
              )}
            />
            <DataTable.Col
              source="severity"
              label={say('等级', 'Severity')}
              render={(record: SubjectRecord) => <StatusTag status={severityOf(record.severity)} />}
            />
            {cell('unit')}
            {cell('person', 120)}
            {cell('raisedAt')}
            <DataTable.Col
              source="state"
              label={say('状态', 'State')}
              render={(record: SubjectRecord) => (
                <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap' }}>
                  <StatusTag status={findingStatus(record)} />
                  <StatusTag status={levels[String(record.level)]} />
                </Box>
              )}
            />
            <DataTable.Col
              source="dueAt"
              label={say('时限', 'Time left')}
              render={(record: SubjectRecord) => (
                <TimeLeft due={isOpen(record) ? (record.dueAt as string | null) : null} />
              )}
            />
          </DataTable>
        )}
      </ListStates>
    </>
  );
}
