import { Box, Card, LinearProgress, Link, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { StatusTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { isMoving, runStates, useBacktests } from './backtest.ts';
import { NewBacktest } from './NewBacktest.tsx';

/** 历史回测: a new one, and those that were run. */
export function BacktestList() {
  const say = useSay();
  const { data, error, isPending, refetch } = useBacktests();
  return (
    <>
      <PageTitle
        title={say('历史回测', 'Back-tests')}
        hint={say(
          '先看规则对以往数据会怎样判定，再决定是否启用',
          'What a rule would have said of the past, before it is enacted',
        )}
      />
      <Box sx={{ display: 'grid', gap: 2 }}>
        <NewBacktest />
        <Card>
          {error ? (
            <Failure error={error} retry={() => void refetch()} />
          ) : isPending ? (
            <Waiting rows={4} />
          ) : data.length === 0 ? (
            <Nothing title={say('还没有回测记录', 'No back-test yet')} />
          ) : (
            <Box sx={{ overflowX: 'auto' }}>
              <Table size="small">
                <HeadRow
                  labels={[
                    ['规则', 'Rule'],
                    ['期间', 'Period'],
                    ['发起', 'Started by'],
                    ['时间', 'When'],
                    ['状态', 'State'],
                  ]}
                />
                <TableBody>
                  {data.map((run) => (
                    <TableRow key={run.id} hover>
                      <TableCell>
                        <Link component={RouterLink} to={`/backtests/${run.id}`}>
                          {say(run.title)}
                        </Link>{' '}
                        {run.code}{' '}
                        {run.version ? say(`第 ${run.version} 版`, `v${run.version}`) : say('草稿文本', 'draft text')}
                      </TableCell>
                      <TableCell>
                        {run.from} – {run.to}
                      </TableCell>
                      <TableCell>{run.by}</TableCell>
                      <TableCell>{shortInstant(run.createdAt)}</TableCell>
                      <TableCell sx={{ minWidth: 140 }}>
                        {isMoving(run.state) ? (
                          <LinearProgress
                            variant="determinate"
                            value={run.progress * 100}
                            aria-label={say('进度', 'Progress')}
                          />
                        ) : (
                          <StatusTag status={runStates[run.state]} />
                        )}
                      </TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </Box>
          )}
        </Card>
      </Box>
    </>
  );
}
