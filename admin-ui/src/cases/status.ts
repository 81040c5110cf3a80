import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** The stage of a case. Since 2026-01-01 public-order cases are 立案, before: 受案. */
export function caseStatus(one: SubjectRecord): Status {
  if (one.closedAt) return status('已结案', 'Closed', 'quiet');
  if (one.withdrawnAt) return status('已撤案', 'Withdrawn', 'quiet');
  if (one.prosecutedAt) return status('已移送起诉', 'Sent for prosecution', 'good');
  if (one.refusedAt && !one.filedAt) return status('不予立案', 'Refused', 'quiet');
  if (one.transferredAt) return status('已移送管辖', 'Transferred', 'quiet');
  if (one.mergedAt) return status('已并案', 'Merged', 'quiet');
  if (one.decidedAt) return status('已决定', 'Decided', 'good');
  if (one.filedAt) return status('已立案', 'Filed', 'calm');
  if (one.acceptedAt) return status('已受案', 'Accepted', 'calm');
  return status('待受（立）案', 'To be accepted', 'warn');
}
