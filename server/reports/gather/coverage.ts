/** Which of an owed interval recordings cover: files joined, all wearers united (the sentence on paper, not the verdict). */
export interface Interval {
  from: Date;
  to: Date;
}

/** Cameras split a recording into files: what is closer than this is one recording. */
const joint = 5_000;
/** Clocks of cameras drift by so much: shorter gaps are not shown as missing. */
const tolerance = 120_000;

export interface Coverage {
  held: Interval[];
  missing: Interval[];
  /** Covered share of the owed interval, 0..1. */
  share: number;
  /** Milliseconds; 0 when nothing longer than the tolerance is missing. */
  longestGap: number;
}

/** @throws RangeError when the owed interval ends before it begins */
export function coverageOf(owed: Interval, recordings: readonly Interval[]): Coverage {
  const [from, to] = [owed.from.getTime(), owed.to.getTime()];
  if (to < from) throw new RangeError('the owed interval ends before it begins');
  const clipped = recordings
    .map((each) => [Math.max(from, each.from.getTime()), Math.min(to, each.to.getTime())] as const)
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0]);
  const held: [number, number][] = [];
  for (const [start, end] of clipped) {
    const last = held.at(-1);
    if (last && start <= last[1] + joint) last[1] = Math.max(last[1], end);
    else held.push([start, end]);
  }
  const edges = [from, ...held.flat(), to];
  const gaps: [number, number][] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) gaps.push([edges[index] ?? 0, edges[index + 1] ?? 0]);
  const missing = gaps.filter(([start, end]) => end - start > tolerance);
  const covered = held.reduce((sum, [start, end]) => sum + end - start, 0);
  const interval = ([start, end]: readonly [number, number]): Interval => ({
    from: new Date(start),
    to: new Date(end),
  });
  return {
    held: held.map(interval),
    missing: missing.map(interval),
    share: to === from ? 1 : covered / (to - from),
    longestGap: Math.max(0, ...missing.map(([start, end]) => end - start)),
  };
}
