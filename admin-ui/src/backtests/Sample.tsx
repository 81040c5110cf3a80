import { Box, Card, Typography } from '@mui/material';
import { StoredExplanation } from '../explain/ExplainDrawer.tsx';
import { VerdictTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import type { Backtest } from './backtest.ts';

/** Broken duties drawn by a published seed: the same text over the same records draws the same ones. */
export function Sample({ run }: { run: Backtest }) {
  const say = useSay();
  return (
    <Card component="section" sx={{ p: 2 }}>
      <Typography variant="h3" component="h2">
        {say(`随机抽样 ${run.sample.length} 项`, `A random sample of ${run.sample.length}`)}
      </Typography>
      <Typography variant="caption" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
        {say(
          `抽样种子 ${run.seed}（由规则原文与期间得出，可复现）`,
          `seed ${run.seed}, made of the text and the period`,
        )}
      </Typography>
      {run.sample.length === 0 && (
        <Typography color="text.secondary" sx={{ mt: 1 }}>
          {say('没有疑似问题可供抽样', 'Nothing to draw from')}
        </Typography>
      )}
      {run.sample.map(({ number, unit, explanation }, index) => (
        <Box
          key={explanation.subjectId + explanation.occurrence}
          sx={{ py: 1.25, borderTop: index ? 1 : 0, borderColor: 'divider' }}
        >
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography sx={{ fontWeight: 600, fontSize: 14 }}>{number ?? '—'}</Typography>
            <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }}>
              {unit}
            </Typography>
            <StoredExplanation told={explanation} label={say('说明', 'Why')} />
            <VerdictTag verdict={explanation.verdict} />
          </Box>
          <Typography sx={{ fontSize: 14, mt: 0.5 }}>{say(explanation.sentence ?? explanation.plain)}</Typography>
        </Box>
      ))}
    </Card>
  );
}
