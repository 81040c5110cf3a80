import { Box, Card, Typography } from '@mui/material';
import { verdicts } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import type { Backtest, Counts } from './backtest.ts';

const keys = ['opened', 'met', 'late', 'overdue', 'excused', 'unknown', 'pending'] as const;

/** The seven numbers, and below each what the rule in force says. */
export function Totals({ run }: { run: Backtest }) {
  const say = useSay();
  const label = (key: keyof Counts): string =>
    key === 'opened' ? say('应办', 'Opened') : verdicts[key] ? say(verdicts[key].label) : key;
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))' }}>
      {keys.map((key) => (
        <Card key={key} sx={{ p: 1.5 }}>
          <Typography variant="caption" color="text.secondary">
            {label(key)}
          </Typography>
          <Typography sx={{ fontSize: 24, fontWeight: 600 }}>{run.tried[key].toLocaleString('zh-CN')}</Typography>
          <Typography variant="caption" color="text.secondary">
            {run.inForce
              ? say(
                  `现行 ${run.inForce[key].toLocaleString('zh-CN')}`,
                  `in force ${run.inForce[key].toLocaleString('en')}`,
                )
              : say('尚无现行规则', 'none in force')}
          </Typography>
        </Card>
      ))}
    </Box>
  );
}
