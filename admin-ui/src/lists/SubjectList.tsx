import { Box, Card } from '@mui/material';
import type { ReactNode } from 'react';
import { DataTable, ListBase, Pagination, useListContext } from 'react-admin';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { useMay } from '../providers/session.ts';
import { OpenButton } from '../steps/StepMenu.tsx';
import { FactValue, factWords } from '../subjects/FactValue.tsx';
import { numberOf, type SubjectRecord, titleOf } from '../subjects/record.ts';
import { type Status, StatusTag } from '../subjects/Status.tsx';
import type { Subject } from '../vocabulary/types.ts';
import { factIn, useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { FilterBar } from './FilterBar.tsx';
import { PhoneRows, usePhone } from './PhoneRows.tsx';

interface Props {
  subject: string;
  /** Facts in columns, by name. */
  columns: string[];
  filters: string[];
  /** The state of a record in words and colour, as its noun defines it. */
  status: (record: SubjectRecord) => Status | undefined;
  hint?: string;
  actions?: ReactNode;
}

/** List of a subject type: filters, table, count. Its columns are names of facts, everything else is declared on the server. */
export function SubjectList({ subject: name, columns, filters, status, hint, actions }: Props) {
  const subject = useSubject(name);
  const say = useSay();
  const may = useMay();
  const opening = subject.steps.find((step) => step.opens && !step.internal);
  return (
    <ListBase
      resource={subject.plural}
      sort={{ field: subject.dated, order: 'DESC' }}
      perPage={25}
      disableAuthentication
    >
      <ListTitle title={say(subject.label)}>
        {actions}
        {opening && (may(`${subject.name}.${opening.verb}`) || may(`${subject.name}.create`)) && (
          <OpenButton subject={subject} />
        )}
      </ListTitle>
      <Card>
        <FilterBar
          facts={filters.flatMap((fact) => factIn(subject, fact) ?? [])}
          dated={factIn(subject, subject.dated)}
          {...(hint ? { hint } : {})}
        />
        <Rows subject={subject} columns={columns} status={status} />
      </Card>
    </ListBase>
  );
}

/** Title with the count of what the filters leave. */
export function ListTitle({ title, children }: { title: string; children?: ReactNode }) {
  const say = useSay();
  const { total, isPending } = useListContext();
  return (
    <PageTitle
      title={title}
      hint={
        isPending || total === undefined
          ? ' '
          : say(`共 ${total.toLocaleString('zh-CN')} 条`, `${total.toLocaleString('en')} records`)
      }
    >
      {children}
    </PageTitle>
  );
}

function Rows({ subject, columns, status }: { subject: Subject; columns: string[]; status: Props['status'] }) {
  const say = useSay();
  const phone = usePhone();
  if (phone) {
    const facts = columns
      .filter((name) => name !== subject.title && name !== subject.number)
      .flatMap((name) => factIn(subject, name) ?? []);
    return (
      <ListStates label={say(subject.label)}>
        <PhoneRows
          row={(record) => ({
            title: titleOf(subject, record) || numberOf(subject, record),
            sub: [
              subject.title ? numberOf(subject, record) : '',
              ...facts.slice(0, 5).map((fact) => factWords(fact, record[fact.name], record.refs, say)),
            ]
              .filter(Boolean)
              .join(' · '),
            tags: <StatusTag status={status(record)} />,
          })}
        />
      </ListStates>
    );
  }
  return (
    <ListStates label={say(subject.label)}>
      <Box sx={{ overflowX: 'auto' }}>
        <DataTable rowClick="show" bulkActionButtons={false} sx={tableStyle} size="small">
          {columns.map((name) => {
            const fact = factIn(subject, name);
            if (!fact) return null;
            const lists = fact.kind === 'persons' || fact.kind === 'choices';
            return (
              <DataTable.Col
                key={name}
                source={name}
                label={say(fact.label)}
                disableSort={lists}
                cellSx={() => ({
                  maxWidth: fact.kind === 'text' ? 300 : 220,
                  ...(name === subject.number || fact.kind === 'instant' || fact.kind === 'subject'
                    ? { whiteSpace: 'nowrap' }
                    : {}),
                  ...(['int', 'ratio', 'money'].includes(fact.kind) ? { textAlign: 'right' } : {}),
                  ...(name === subject.number ? { fontWeight: 600, color: 'primary.main' } : {}),
                })}
                render={(record: SubjectRecord) => (
                  <FactValue
                    fact={fact.kind === 'subject' ? { ...fact, kind: 'text' } : fact}
                    value={fact.kind === 'subject' ? subjectWords(record, fact.to ?? '', record[name]) : record[name]}
                    refs={record.refs}
                  />
                )}
              />
            );
          })}
          <DataTable.Col
            source="state"
            label={say('状态', 'State')}
            disableSort
            render={(record: SubjectRecord) => <StatusTag status={status(record)} />}
          />
        </DataTable>
      </Box>
    </ListStates>
  );
}

const subjectWords = (record: SubjectRecord, to: string, id: unknown): string | null => {
  const reference = id ? record.refs?.[to]?.[String(id)] : undefined;
  return typeof reference === 'string' ? reference : (reference?.number ?? null);
};

/** Skeleton, failure, nothing, rows: the four states of every list. */
export function ListStates({ children, label }: { children: ReactNode; label: string }) {
  const say = useSay();
  const { isPending, error, total, refetch, filterValues, setFilters } = useListContext();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={10} height={34} />;
  if (!total) {
    const filtered = Object.keys(filterValues as object).length > 0;
    return (
      <Nothing
        title={filtered ? say(`没有符合条件的${label}`, 'Nothing matches') : say(`暂无${label}`, 'Nothing here yet')}
        hint={
          filtered
            ? say('可放宽筛选条件后再查', 'Try with fewer filters')
            : say('登记后会出现在这里', 'What is recorded appears here')
        }
        action={
          filtered ? (
            <button
              type="button"
              onClick={() => setFilters({})}
              style={{ cursor: 'pointer', font: 'inherit', padding: '6px 16px' }}
            >
              {say('清空筛选', 'Clear the filters')}
            </button>
          ) : undefined
        }
      />
    );
  }
  return (
    <>
      {children}
      <Pagination rowsPerPageOptions={[25, 50, 100]} />
    </>
  );
}

export const tableStyle = {
  overflowX: 'auto',
  '& .RaDataTable-headerCell': { bgcolor: '#f0f3f7' },
  '& .RaDataTable-row': { cursor: 'pointer' },
  '& .RaDataTable-row:hover': { bgcolor: '#f3f7fc' },
  '& .MuiTableCell-root': { fontSize: 13.5 },
} as const;
