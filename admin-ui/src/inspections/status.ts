import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Whether a visit is planned, approved, under way or over. */
export function inspectionStatus(inspection: SubjectRecord): Status {
  if (inspection.endedAt) return status('已结束', 'Ended', 'quiet');
  if (inspection.startedAt) return status('检查中', 'Under way', 'good');
  if (inspection.approvedAt) return status('已审批', 'Approved', 'calm');
  return status('待审批', 'To be approved', 'warn');
}
