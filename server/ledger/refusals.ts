import type { Actor, LedgerEntry } from '../kernel/unit-of-work.ts';

const minuteMs = 60_000;

/**
 * Whoever asks for one record after the other that is out of his reach is told of in the ledger, and must not fill it:
 * within a minute the first of these refusals has an entry, then the tenth, the hundredth and so on, each with its count.
 */
export function boundedRefusals(): (actor: Actor, entry: LedgerEntry, now: Date) => LedgerEntry | null {
  const counts = new Map<string, { began: number; times: number }>();
  return (actor, entry, now) => {
    const at = now.getTime();
    const key = `${actor.personId} ${entry.objectType ?? ''}`;
    const known = counts.get(key);
    const isOver = !known || at - known.began >= minuteMs || at < known.began;
    if (isOver) for (const [other, { began }] of counts) if (at - began >= minuteMs) counts.delete(other);
    const count = isOver ? { began: at, times: 1 } : { ...known, times: known.times + 1 };
    counts.set(key, count);
    if (!/^10*$/.test(String(count.times))) return null;
    return count.times === 1 ? entry : { ...entry, changes: { ...entry.changes, times: count.times } };
  };
}
