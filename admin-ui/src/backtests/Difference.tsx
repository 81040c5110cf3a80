import { Box, Button, Card, Link, Tab, Table, TableBody, TableCell, TableRow, Tabs, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { recordPath } from '../layout/links.ts';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api } from '../providers/http.ts';
import { VerdictTag } from '../subjects/Status.tsx';
import { useFindSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { type Backtest, type BrokenDuty, broken } from './backtest.ts';

type Which = 'newly' | 'gone' | 'broken';
const perPage = 20;

/** What it would newly find, what it would no longer find, and all it finds: each with its list. */
export function Difference({ run }: { run: Backtest }) {
  const say = useSay();
  const [which, setWhich] = useState<Which>(run.difference?.newly ? 'newly' : 'broken');
  const [page, setPage] = useState(0);
  const tabs: [Which, string][] = [
    ...(run.difference
      ? ([
          ['newly', say(`新增 ${run.difference.newly}`, `Newly ${run.difference.newly}`)],
          ['gone', say(`不再认定 ${run.difference.gone}`, `No longer ${run.difference.gone}`)],
        ] as [Which, string][])
      : []),
    ['broken', say(`全部疑似问题 ${broken(run.tried)}`, `All ${broken(run.tried)}`)],
  ];
  return (
    <Card component="section">
      <Typography variant="h3" component="h2" sx={{ p: 2, pb: 0 }}>
        {run.compared
          ? say('与现行规则的差别', 'Difference from what is in force')
          : say('疑似问题清单', 'Suspected issues')}
      </Typography>
      <Tabs
        value={which}
        onChange={(_, next: Which) => {
          setWhich(next);
          setPage(0);
        }}
        sx={{ px: 2 }}
      >
        {tabs.map(([value, label]) => (
          <Tab key={value} value={value} label={label} />
        ))}
      </Tabs>
      <List run={run} which={which} page={page} setPage={setPage} />
    </Card>
  );
}

function List({
  run,
  which,
  page,
  setPage,
}: {
  run: Backtest;
  which: Which;
  page: number;
  setPage: (page: number) => void;
}) {
  const say = useSay();
  const find = useFindSubject();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['backtest', run.id, which, page],
    queryFn: () =>
      api<BrokenDuty[]>(
        `/backtests/${run.id}/duties?list=${which}&range=${encodeURIComponent(`[${page * perPage},${page * perPage + perPage - 1}]`)}`,
      ),
  });
  const total = which === 'broken' ? broken(run.tried) : (run.difference?.[which] ?? 0);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={4} />;
  if (data.length === 0) return <Nothing title={say('没有', 'None')} />;
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small">
        <HeadRow
          labels={[
            ['对象', 'Record'],
            ['单位', 'Unit'],
            ['起算', 'Opened'],
            ['期限', 'Due'],
            ['办结', 'Met'],
            [which === 'gone' ? '现行结果' : '试算结果', 'Verdict'],
          ]}
        />
        <TableBody>
          {data.map((duty) => {
            const type = find(duty.type);
            return (
              <TableRow key={duty.id + duty.occurrence} hover>
                <TableCell>
                  {type && duty.number ? (
                    <Link component={RouterLink} to={recordPath(type.plural, duty.id)}>
                      {duty.number}
                    </Link>
                  ) : (
                    (duty.number ?? '—')
                  )}
                </TableCell>
                <TableCell>{duty.unit}</TableCell>
                <TableCell>{shortInstant(duty.openedAt)}</TableCell>
                <TableCell>{shortInstant(duty.dueAt)}</TableCell>
                <TableCell>{shortInstant(duty.metAt) || '—'}</TableCell>
                <TableCell>
                  <VerdictTag verdict={duty.verdict} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 1, p: 1.5 }}>
        <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
          {say('上一页', 'Previous')}
        </Button>
        <Button disabled={(page + 1) * perPage >= total} onClick={() => setPage(page + 1)}>
          {say('下一页', 'Next')}
        </Button>
      </Box>
    </Box>
  );
}
