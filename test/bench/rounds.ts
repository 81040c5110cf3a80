/** Figures of one thing that was measured in every round, in milliseconds. */
export interface Figure {
  median: number;
  rounds: number[];
}

/** Wall-clock milliseconds of `work`. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return ((below ?? Number.NaN) + (above ?? Number.NaN)) / 2;
}

export const figure = (values: readonly number[]): Figure => ({
  median: rounded(median(values)),
  rounds: values.map((value) => rounded(value)),
});

/**
 * Measures several things side by side, each once a round, so that what else the machine does falls on all alike.
 * A first round that nobody counts warms caches and plans.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  things: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, Figure>> {
  const names = Object.keys(things) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const ms = await timed(things[name]);
      if (round >= 0) values[name].push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, figure(values[name])])) as Record<Name, Figure>;
}
