/** Stretches of time in milliseconds. */
export interface Interval {
  from: number;
  to: number;
}

/** Joins what overlaps or lies within `tolerance` of each other: cameras split their files. */
export function joined(intervals: Interval[], tolerance = 5_000): Interval[] {
  const sorted = intervals.filter((one) => one.to > one.from).sort((a, b) => a.from - b.from);
  const all: Interval[] = [];
  for (const one of sorted) {
    const last = all.at(-1);
    if (last && one.from <= last.to + tolerance) last.to = Math.max(last.to, one.to);
    else all.push({ ...one });
  }
  return all;
}

/** What of `within` no interval covers. */
export function gaps(within: Interval, covering: Interval[], tolerance = 5_000): Interval[] {
  const holes: Interval[] = [];
  let at = within.from;
  for (const one of joined(covering, tolerance)) {
    if (one.to <= within.from || one.from >= within.to) continue;
    if (one.from > at + tolerance) holes.push({ from: at, to: one.from });
    at = Math.max(at, one.to);
  }
  if (at + tolerance < within.to) holes.push({ from: at, to: within.to });
  return holes;
}

export const length = (intervals: Interval[]): number => intervals.reduce((sum, one) => sum + one.to - one.from, 0);
