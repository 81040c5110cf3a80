import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** How far the money of an account is. */
export function freezeStatus(freeze: SubjectRecord): Status {
  if (freeze.paidAt) return status('已返还', 'Paid back', 'quiet');
  if (freeze.deductedAt) return status('已划转', 'Deducted', 'quiet');
  if (freeze.releasedAt) return status('已解除冻结', 'Released', 'quiet');
  if (freeze.refundDecidedAt) return status('返还办理中', 'Being paid back', 'calm');
  if (freeze.frozenAt && freeze.queued) return status('轮候冻结', 'Queued', 'calm');
  if (freeze.frozenAt) return status('冻结中', 'Frozen', 'good');
  return status('止付', 'Stopped', 'warn');
}
