import { Alert, Button, LinearProgress, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { useSay } from '../words/say.ts';

interface Run {
  id: string;
  state: string;
  judged: number;
  total: number;
}

/** Records are being judged anew: how far that is, until it is done. */
export function Runs() {
  const say = useSay();
  const may = useMay();
  const { data, refetch } = useQuery({
    queryKey: ['rules', 'runs'],
    queryFn: () => api<Run[]>('/rules/runs'),
    enabled: may('rule.trial'),
    refetchInterval: (query) => (query.state.data?.some(isOpen) ? 2_000 : 30_000),
  });
  const open = (data ?? []).filter(isOpen);
  if (open.length === 0) return null;
  const [judged, total] = [
    open.reduce((sum, run) => sum + run.judged, 0),
    open.reduce((sum, run) => sum + run.total, 0),
  ];
  return (
    <Alert
      severity="info"
      sx={{ mb: 2, '& .MuiAlert-message': { flex: 1 } }}
      action={
        may('rule.enact') && (
          <Button
            color="inherit"
            onClick={async () => {
              for (const run of open) await api(`/rules/runs/${run.id}/cancel`, { method: 'POST', body: {} });
              await refetch();
            }}
          >
            {say('停止', 'Stop')}
          </Button>
        )
      }
    >
      <Typography variant="body2">
        {say(`正在按新的规则重新评判：${judged} / ${total} 条记录`, `Judging anew: ${judged} of ${total} records`)}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={total > 0 ? Math.min((100 * judged) / total, 100) : 0}
        sx={{ mt: 1 }}
      />
    </Alert>
  );
}

const isOpen = ({ state }: Run): boolean => state === 'queued' || state === 'running';
