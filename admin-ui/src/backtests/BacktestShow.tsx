import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import { Alert, Box, Button, Card, LinearProgress, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { PageTitle } from '../layout/PageTitle.tsx';
import { Failure, Waiting } from '../layout/states.tsx';
import { api, sentenceOf } from '../providers/http.ts';
import { StatusTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';
import { type Backtest, isMoving, runStates, useBacktest } from './backtest.ts';
import { Charts } from './Charts.tsx';
import { Difference } from './Difference.tsx';
import { Sample } from './Sample.tsx';
import { Totals } from './Totals.tsx';

/** One back-test: how far it is, then its plain verdict, the numbers, the difference and the sample. */
export function BacktestShow() {
  const say = useSay();
  const { id = '' } = useParams();
  const { data, error, isPending, refetch } = useBacktest(id);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Waiting rows={5} height={64} />;
  return (
    <>
      <PageTitle
        title={say(`回测：${data.title.zh}`, `Back-test: ${data.title.en}`)}
        hint={say(
          `${data.code} ${data.version ? `第 ${data.version} 版` : '草稿文本'} · ${data.from} 至 ${data.to} · 判定时点 ${fullInstant(data.asOf)} · ${data.by}`,
          `${data.code} ${data.version ? `version ${data.version}` : 'draft text'} · ${data.from} to ${data.to} · as of ${fullInstant(data.asOf)} · ${data.by}`,
        )}
      >
        <StatusTag status={runStates[data.state]} />
        <Actions run={data} />
      </PageTitle>
      {isMoving(data.state) && (
        <Card sx={{ p: 2, mb: 2 }}>
          <Typography sx={{ mb: 1 }}>
            {say(`已判 ${data.judged} / ${data.total}`, `${data.judged} of ${data.total} judged`)}
          </Typography>
          <LinearProgress variant="determinate" value={data.progress * 100} aria-label={say('进度', 'Progress')} />
        </Card>
      )}
      {data.lastError && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {data.lastError}
        </Alert>
      )}
      {data.advice && <Advice advice={data.advice} />}
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Totals run={data} />
        {data.months.length > 0 && <Charts run={data} />}
        {data.state === 'done' && <Difference run={data} />}
        {data.state === 'done' && <Sample run={data} />}
      </Box>
    </>
  );
}

const severities: Record<string, 'success' | 'info' | 'warning'> = {
  yes: 'success',
  same: 'info',
  none: 'info',
  trial: 'warning',
  data: 'warning',
  no: 'warning',
};

function Advice({ advice }: { advice: NonNullable<Backtest['advice']> }) {
  const say = useSay();
  return (
    <Alert severity={severities[advice.level] ?? 'info'} variant="outlined" sx={{ mb: 2, bgcolor: 'background.paper' }}>
      <Typography sx={{ fontSize: 20, fontWeight: 600 }}>{say(advice.text)}</Typography>
      <Typography variant="caption" color="text.secondary">
        {say(
          '按“疑似问题不超过应办数 8%”的预算给出，仅供参考；是否启用由法制部门决定。',
          'By the budget of 8 % of what is owed. It advises only: the legal office decides.',
        )}
      </Typography>
    </Alert>
  );
}

function Actions({ run }: { run: Backtest }) {
  const say = useSay();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (verb: 'cancel' | 'resume') => api(`/backtests/${run.id}/${verb}`, { method: 'POST', body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: ['backtest', run.id] }),
  });
  return (
    <>
      {isMoving(run.state) && (
        <Button disabled={change.isPending} onClick={() => change.mutate('cancel')}>
          {say('中止', 'Cancel')}
        </Button>
      )}
      {(run.state === 'cancelled' || run.state === 'failed') && (
        <Button variant="contained" disabled={change.isPending} onClick={() => change.mutate('resume')}>
          {say('继续', 'Resume')}
        </Button>
      )}
      {run.state === 'done' && (
        <Button variant="outlined" startIcon={<DownloadIcon />} href={`/api/backtests/${run.id}/export`} download>
          {say('导出 CSV', 'CSV')}
        </Button>
      )}
      {change.error && <Alert severity="error">{sentenceOf(change.error)}</Alert>}
    </>
  );
}
