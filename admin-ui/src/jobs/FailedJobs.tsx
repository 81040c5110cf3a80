import { Button, Card, Table, TableBody, TableCell, TableRow, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { HeadRow } from '../layout/HeadRow.tsx';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Nothing, Waiting } from '../layout/states.tsx';
import { api, sentenceOf } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';

interface FailedJob {
  kind: string;
  id: string;
  what?: string | Text | null;
  attempts: number;
  lastError: string | null;
  at: string;
}

const kinds: Record<string, Text> = {
  backtest: { zh: '历史回测', en: 'Back-test' },
  aside: { zh: '无法判定的记录', en: 'Record that could not be judged' },
  render: { zh: '生成文书', en: 'Render a paper' },
  report: { zh: '生成文书', en: 'Render a paper' },
  notify: { zh: '发送消息', en: 'Send a notice' },
  notice: { zh: '发送消息', en: 'Send a notice' },
  import: { zh: '导入数据', en: 'Import' },
  sweep: { zh: '期限巡查', en: 'Sweep of limits' },
  judge: { zh: '规则评判', en: 'Judging' },
};

/** What went wrong in the background, why, and the button to try again. */
export function FailedJobs() {
  const say = useSay();
  const may = useMay();
  const notify = useNotify();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['jobs', 'failed'],
    queryFn: () => api<FailedJob[]>('/jobs/failed'),
    refetchInterval: 30_000,
  });
  const retry = async (job: FailedJob) => {
    try {
      await api(`/jobs/${job.kind}/${job.id}/retry`, { method: 'POST', body: {} });
      notify(say('已重新排队', 'Queued again'), { type: 'success' });
      await queries.invalidateQueries({ queryKey: ['jobs'] });
    } catch (problem) {
      notify(sentenceOf(problem), { type: 'warning' });
    }
  };
  const what = (job: FailedJob) => (job.what ? (typeof job.what === 'string' ? job.what : say(job.what)) : '');
  return (
    <>
      <PageTitle
        title={say('后台任务', 'Background jobs')}
        hint={say('只列未成功的任务；重试不会重复办理', 'Only what failed; trying again does nothing twice')}
      />
      <Card>
        {error ? (
          <Failure error={error} retry={() => void refetch()} />
        ) : isPending ? (
          <Waiting />
        ) : data.length === 0 ? (
          <Nothing
            title={say('没有失败的任务', 'No failed jobs')}
            hint={say('生成文书、发送消息、导入、巡查均正常', 'Papers, notices, imports and sweeps run')}
          />
        ) : (
          <Table size="small">
            <HeadRow
              labels={[
                ['任务', 'Job'],
                ['内容', 'What'],
                ['次数', 'Attempts'],
                ['原因', 'Why'],
                ['时间', 'At'],
                ['', ''],
              ]}
            />
            <TableBody>
              {data.map((job) => (
                <TableRow key={`${job.kind}${job.id}`}>
                  <TableCell>{kinds[job.kind] ? say(kinds[job.kind] as Text) : say('后台任务', 'Job')}</TableCell>
                  <TableCell>{what(job)}</TableCell>
                  <TableCell>{job.attempts}</TableCell>
                  <TableCell sx={{ maxWidth: 480 }}>
                    <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                      {job.lastError}
                    </Typography>
                  </TableCell>
                  <TableCell>{shortInstant(job.at)}</TableCell>
                  <TableCell>
                    {may('job.retry') && <Button onClick={() => void retry(job)}>{say('重试', 'Try again')}</Button>}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
    </>
  );
}
