import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Where an item is. */
export function itemStatus(item: SubjectRecord): Status {
  if (item.disposedAt) return status('已处理', 'Disposed', 'quiet');
  if (item.handedOverAt) return status('保管中', 'In custody', 'good');
  if (item.inPlace) return status('就地查封', 'Sealed in place', 'calm');
  return status('待移交保管', 'To be handed over', 'warn');
}
