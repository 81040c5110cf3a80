/** How sure a rate is: Wilson's score interval, right for few duties and for shares near 0 and 1. */
const z = 1.959964;

/** 95% interval of `met` out of `of`; null when nothing was owed. */
export function wilson(met: number, of: number): { low: number; high: number } | null {
  if (of <= 0) return null;
  const share = met / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
