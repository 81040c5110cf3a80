import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Where an alarm stands. */
export function alarmStatus(alarm: SubjectRecord): Status {
  if (alarm.case) return status('已关联案件', 'Case linked', 'good');
  if (alarm.noCaseAt) return status('已登记不受（立）案理由', 'No case, with reason', 'quiet');
  if (alarm.handledAt || alarm.disposition) return status('已处置', 'Handled', 'calm');
  return status('处置中', 'Being handled', 'warn');
}
