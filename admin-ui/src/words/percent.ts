/** 99.96 % is not a hundred and 0.04 % is not nothing (server/kernel/percent.ts says the same on papers). */
export function percentOf(share: number, digits = 1): string {
  const step = 10 ** -digits;
  const rounded = Math.round(share * 100 * 10 ** digits) / 10 ** digits;
  const kept = share < 1 && rounded >= 100 ? 100 - step : share > 0 && rounded <= 0 ? step : rounded;
  return `${kept.toFixed(digits)}%`;
}
