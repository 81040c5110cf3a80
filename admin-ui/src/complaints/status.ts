import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Where a complaint is on its way to an answer. */
export function complaintStatus(complaint: SubjectRecord): Status {
  if (complaint.dismissedAt) return status('不予采信', 'Dismissed', 'quiet');
  if (complaint.transferredAt) return status('已转送', 'Transferred', 'quiet');
  if (complaint.mergedAt) return status('已合并办理', 'Merged', 'quiet');
  if (complaint.satisfaction === 'dissatisfied' && !complaint.redoneAt)
    return status('不满意待重办', 'To be checked again', 'warn');
  if (complaint.calledBackAt) return status('已回访', 'Called back', 'quiet');
  if (complaint.answeredAt) return status('已答复', 'Answered', 'good');
  if (complaint.signedAt) return status('办理中', 'Being handled', 'calm');
  return status('待签收', 'To be signed for', 'warn');
}
