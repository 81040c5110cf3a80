import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Whether a shift is planned, running or over. */
export function shiftStatus(shift: SubjectRecord): Status {
  if (shift.endedAt) return status('已下岗', 'Ended', 'quiet');
  if (shift.startedAt) return status('在岗', 'On duty', 'good');
  return status('待上岗', 'Planned', 'calm');
}
