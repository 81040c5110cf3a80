import type { SubjectRecord } from '../subjects/record.ts';
import { type Status, status } from '../subjects/Status.tsx';

/** Where an item is. */
export function itemStatus(item: SubjectRecord): Status {
  if (item.disposedAt) return status('已处理', 'Disposed', 'quiet');
  if (isLent(item)) return status('调用中', 'Lent', 'warn');
  if (item.liftedAt) return status('已解除，待退还', 'Released, to be returned', 'warn');
  if (item.decidedAt) return status('已决定，待处置', 'Decided, to be disposed of', 'calm');
  if (item.handedOverAt) return status('保管中', 'In custody', 'good');
  if (item.inPlace) return status('就地查封', 'Sealed in place', 'calm');
  return status('待移交保管', 'To be handed over', 'warn');
}

/** Out of the store and not back: the last movement says so, where the record carries them. */
function isLent(item: SubjectRecord): boolean {
  const last = [...(item.parts?.movements ?? [])]
    .sort((a, b) => String(a.movedAt).localeCompare(String(b.movedAt)))
    .at(-1);
  return last?.kind === 'lend';
}
