import { Alert } from '@mui/material';
import { VerdictTag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import type { Finding } from './finding.ts';

interface Side {
  verdict: number;
  metAt?: string | null;
}

/** The facts changed after the issue was raised: before and after. A person decides what follows. */
export function Changed({ finding }: { finding: Finding }) {
  const say = useSay();
  const change = finding.factsChange as { before?: Side; after?: Side | null } | null;
  if (!finding.factsChangedAt || !change?.before) return null;
  const side = (one: Side | null | undefined) =>
    one ? (
      <>
        <VerdictTag verdict={one.verdict} /> {one.metAt ? shortInstant(one.metAt) : ''}
      </>
    ) : (
      say('不再适用', 'no longer owed')
    );
  return (
    <Alert severity="info" sx={{ mb: 1.5 }}>
      {say('事实在问题发现后有变更：', 'The facts changed after it was raised: ')}
      {side(change.before)} → {side(change.after)} · {shortInstant(String(finding.factsChangedAt))}
      {finding.factsConfirmedAt
        ? say(
            ` · ${shortInstant(String(finding.factsConfirmedAt))} 已确认`,
            ` · confirmed ${shortInstant(String(finding.factsConfirmedAt))}`,
          )
        : say(' · 待单位负责人确认', ' · the unit head has to confirm it')}
    </Alert>
  );
}
