import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import { useMay } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';

/** Tells whoever looks after the background work that nobody does it. */
export function WorkBanner() {
  const say = useSay();
  const may = useMay()('job.read');
  const { data } = useQuery({
    queryKey: ['ready'],
    queryFn: () => api<{ work: { isDone: boolean; lastAt: string | null } }>('/ready'),
    refetchInterval: 60_000,
    enabled: may,
  });
  if (!may || !data || data.work.isDone) return null;
  const { lastAt } = data.work;
  return (
    <Box role="status" sx={{ bgcolor: '#fdecea', color: '#611a15', px: 3, py: 0.5, fontSize: 13, textAlign: 'center' }}>
      {say(
        `后台任务暂无人执行（最近一次：${lastAt ? shortInstant(lastAt) : '无'}），期限巡查、提醒和文书生成会延迟`,
        `Nobody does the background work (last: ${lastAt ? shortInstant(lastAt) : 'never'}): sweeps, reminders and papers are late`,
      )}
    </Box>
  );
}
