import {
  Box,
  Button,
  Card,
  FormControlLabel,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableRow,
  Typography,
} from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { useActionName } from '../organisation/action-name.ts';
import { useRoleNames } from '../organisation/role-names.ts';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { PersonPicker } from '../subjects/pickers.tsx';
import { Tag } from '../subjects/Status.tsx';
import { InstantBox } from '../subjects/TimeBox.tsx';
import { useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';
import { VerifyCard } from './VerifyCard.tsx';

interface Entry {
  seq: number;
  recordedAt: string;
  action: string;
  actor: { personId: number | null; name: string; unitName: string; role: string };
  object?: { type: string | null; id: string | null };
  changes?: Record<string, unknown>;
  reason?: string;
  leafHash: string;
}

interface Filter {
  from: string | null;
  to: string | null;
  personId: number | null;
  refused: boolean;
}

const size = 50;

/** 防篡改日志 for the security auditor: who did, opened and was refused what; and whether the log stands. */
export function LedgerPage() {
  const say = useSay();
  const may = useMay();
  const [filter, setFilter] = useState<Filter>({ from: null, to: null, personId: null, refused: false });
  const set = (changes: Partial<Filter>) => setFilter({ ...filter, ...changes });
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== false));
  const { data, error, isPending, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['ledger', asked],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      api<Entry[]>(
        `/ledger?range=${encodeURIComponent(JSON.stringify([0, size - 1]))}&filter=${encodeURIComponent(
          JSON.stringify({ ...asked, ...(pageParam !== null && { before: pageParam }) }),
        )}`,
      ),
    getNextPageParam: (page) => (page.length === size ? (page.at(-1)?.seq ?? null) : null),
  });
  const entries = data?.pages.flat() ?? [];
  return (
    <>
      <PageTitle
        title={say('防篡改日志', 'Ledger')}
        hint={say(
          '谁在何时做了什么、查看了什么、何事被拒绝；业务内容不在此显示',
          'Who did, opened and was refused what; what records say is not shown here',
        )}
      />
      {may('ledger.verify') && <VerifyCard />}
      <Card sx={{ overflowX: 'auto' }}>
        <Box sx={{ display: 'flex', gap: 1.5, p: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
          <InstantBox label={say('起', 'From')} value={filter.from} onChange={(from) => set({ from })} width={220} />
          <InstantBox label={say('止', 'To')} value={filter.to} onChange={(to) => set({ to })} width={220} />
          <Box sx={{ width: 220 }}>
            <PersonPicker
              label={say('操作人', 'By')}
              value={filter.personId}
              onChange={(personId) => set({ personId })}
            />
          </Box>
          <FormControlLabel
            control={<Switch checked={filter.refused} onChange={(_, refused) => set({ refused })} />}
            label={say('只看被拒绝的', 'Refusals only')}
          />
        </Box>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting rows={8} />
        ) : entries.length === 0 ? (
          <Nothing title={say('没有符合条件的记录', 'Nothing fits')} />
        ) : (
          <Rows entries={entries} />
        )}
        {hasNextPage && (
          <Box sx={{ p: 1.5, textAlign: 'center' }}>
            <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {say('更早的记录', 'Earlier')}
            </Button>
          </Box>
        )}
      </Card>
    </>
  );
}

function Rows({ entries }: { entries: Entry[] }) {
  const say = useSay();
  const { noun, verb } = useActionName();
  const roleName = useRoleNames();
  const what = (action: string) => `${noun(action.split('.')[0] ?? '')} · ${verb(action)}`;
  const about = ({ object }: Entry) => (object?.id ? `${noun(object.type ?? '')} ${object.id}` : '');
  return (
    <Table size="small">
      <HeadRow
        labels={[
          ['序号', 'No.'],
          ['时间', 'At'],
          ['操作人', 'By'],
          ['操作', 'Action'],
          ['对象', 'Object'],
          ['理由', 'Reason'],
          ['指纹', 'Fingerprint'],
        ]}
      />
      <TableBody>
        {entries.map((entry) => {
          const refused = ['access.refuse', 'session.refuse'].includes(entry.action);
          const tried = refused ? entry.changes?.action : undefined;
          return (
            <TableRow key={entry.seq}>
              <TableCell>{entry.seq}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{fullInstant(entry.recordedAt)}</TableCell>
              <TableCell>
                {entry.actor.name} {entry.actor.unitName}
                <Typography variant="caption" component="div" color="text.secondary">
                  {entry.actor.personId === null ? '' : roleName(entry.actor.role)}
                </Typography>
              </TableCell>
              <TableCell>
                {refused && <Tag tone="bad">{say('被拒绝', 'Refused')}</Tag>}{' '}
                {what(typeof tried === 'string' && tried.includes('.') ? tried : entry.action)}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere', maxWidth: 260 }}>{about(entry)}</TableCell>
              <TableCell sx={{ maxWidth: 260 }}>{entry.reason ?? ''}</TableCell>
              <TableCell sx={{ fontFamily: 'ui-monospace, monospace', fontSize: 12, color: 'text.secondary' }}>
                {entry.leafHash.slice(0, 16)}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
