import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** How far an application is. */
export function licenceStatus(licence: SubjectRecord): Status {
  if (licence.decision === 'refused') return status('不予许可', 'Refused', 'quiet');
  if (licence.certificateAt) return status('已发证', 'Certificate served', 'quiet');
  if (licence.decidedAt) return status('准予许可', 'Granted', 'good');
  if (licence.refusedAt) return status('不予受理', 'Not accepted', 'quiet');
  if (licence.acceptedAt) return status('审查中', 'Under review', 'calm');
  return status('待受理', 'To be accepted', 'warn');
}
