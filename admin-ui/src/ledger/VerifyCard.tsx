import { Alert, Box, Button, Card, LinearProgress, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'react-admin';
import { api, sentenceOf } from '../providers/http.ts';
import { useSay } from '../words/say.ts';
import { fullInstant } from '../words/time.ts';

interface Verification {
  startedAt: string;
  by: string;
  read: number;
  size: number;
  endedAt: string | null;
  failed: boolean;
  verdict: { ok: boolean; size: number; root: string; firstBad?: { seq: number; until?: number } } | null;
}

/** Verifies the log: every entry hashed again and compared; the first one that does not stand is named. */
export function VerifyCard() {
  const say = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const { data: run } = useQuery({
    queryKey: ['ledger', 'verification'],
    queryFn: () => api<Verification | null>('/ledger/verification'),
    refetchInterval: (query) => (query.state.data && !query.state.data.endedAt ? 700 : false),
  });
  const isRunning = Boolean(run && !run.endedAt);
  const start = async () => {
    try {
      await api('/ledger/verification', { method: 'POST', body: {} });
      await queries.invalidateQueries({ queryKey: ['ledger', 'verification'] });
    } catch (error) {
      notify(sentenceOf(error), { type: 'warning' });
    }
  };
  const bad = run?.verdict?.firstBad;
  return (
    <Card sx={{ p: 2, mb: 2 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap' }}>
        <Box sx={{ flex: 1, minWidth: 240 }}>
          <Typography variant="h3">{say('完整性核验', 'Integrity')}</Typography>
          <Typography variant="body2" color="text.secondary">
            {say(
              '逐条重新计算指纹并与整体比对，核验时不影响他人办理业务。',
              'Every fingerprint is computed again and compared; nobody waits meanwhile.',
            )}
          </Typography>
        </Box>
        <Button variant="contained" disabled={isRunning} onClick={() => void start()}>
          {isRunning ? say('正在核验…', 'Verifying…') : say('开始核验', 'Verify')}
        </Button>
      </Box>
      {run && isRunning && (
        <Box sx={{ mt: 1.5 }}>
          <LinearProgress
            variant={run.size ? 'determinate' : 'indeterminate'}
            value={run.size ? (100 * run.read) / run.size : 0}
            aria-label={say('核验进度', 'Progress')}
          />
          <Typography variant="caption">{say(`${run.read} / ${run.size} 条`, `${run.read} of ${run.size}`)}</Typography>
        </Box>
      )}
      {run?.failed && (
        <Alert severity="warning" sx={{ mt: 1.5 }}>
          {say('核验没有完成，请重新核验', 'It was not finished: verify again')}
        </Alert>
      )}
      {run?.verdict && (
        <Alert severity={run.verdict.ok ? 'success' : 'error'} sx={{ mt: 1.5 }}>
          {run.verdict.ok
            ? say(`共 ${run.verdict.size} 条，未发现改动`, `${run.verdict.size} entries, none was changed`)
            : say(
                `第 ${bad?.seq ?? ''} 条与写入时不符，请立即报告`,
                `Entry ${bad?.seq ?? ''} does not stand as it was written: report it at once`,
              )}
          <Typography variant="caption" component="div" sx={{ overflowWrap: 'anywhere' }}>
            {run.by} {fullInstant(run.endedAt ?? run.startedAt)} · {say('根指纹', 'root')} {run.verdict.root}
          </Typography>
        </Alert>
      )}
    </Card>
  );
}
