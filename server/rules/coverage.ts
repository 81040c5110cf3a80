import { joinedGap } from './print-coverage.ts';

/** Milliseconds; `to` may be infinite. */
export interface Interval {
  from: number;
  to: number;
}

/** Clipped to the duty, in order, joined where they overlap or a gap of up to `joinedGap` lies between them. */
export function within(intervals: readonly Interval[], duty: Interval): Interval[] {
  const clipped = intervals
    .filter(({ from, to }) => from < duty.to && to > duty.from && to > from)
    .map(({ from, to }) => ({ from: Math.max(from, duty.from), to: Math.min(to, duty.to) }));
  return merged(clipped, joinedGap * 1000);
}

function merged(intervals: Interval[], gap: number): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of intervals.sort((a, b) => a.from - b.from)) {
    const before = joined.at(-1);
    if (before && from <= before.to + gap) before.to = Math.max(before.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What is left of `of` without `without`; both merged and in order. */
function minus(of: readonly Interval[], without: readonly Interval[]): Interval[] {
  let left = [...of];
  for (const hole of without) {
    left = left
      .flatMap(({ from, to }) => [
        { from, to: Math.min(to, hole.from) },
        { from: Math.max(from, hole.to), to },
      ])
      .filter(({ from, to }) => from < to);
  }
  return left;
}

const length = (intervals: readonly Interval[]): number => intervals.reduce((sum, { from, to }) => sum + to - from, 0);

/** The part of the duty (exempt time left out) that is covered, 0 to 1; 1 where all of it is exempt. */
export function covered(islands: readonly Interval[], duty: Interval, exempt: Interval[]): number {
  const owed = minus(
    [duty],
    merged(
      exempt.filter(({ from, to }) => to > from),
      0,
    ),
  );
  if (owed.length === 0) return 1;
  const bare = minus(owed, islands);
  // by seconds: the very quotient that SQL forms
  return (length(owed) - length(bare)) / 1000 / (length(owed) / 1000);
}

/** The longest stretch of the duty (exempt time left out) that is not covered, in milliseconds. */
export function longest(islands: readonly Interval[], duty: Interval, exempt: Interval[]): number {
  const bare = minus(
    minus(
      [duty],
      merged(
        exempt.filter(({ from, to }) => to > from),
        0,
      ),
    ),
    islands,
  );
  return bare.reduce((most, { from, to }) => Math.max(most, to - from), 0);
}
