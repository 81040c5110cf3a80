/** Wilson's interval for a share at 95 %: honest for few cases. */
export function interval(met: number, owed: number): [number, number] | null {
  if (owed === 0) return null;
  const z = 1.96;
  const p = met / owed;
  const middle = (p + (z * z) / (2 * owed)) / (1 + (z * z) / owed);
  const half = (z * Math.sqrt((p * (1 - p)) / owed + (z * z) / (4 * owed * owed))) / (1 + (z * z) / owed);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
