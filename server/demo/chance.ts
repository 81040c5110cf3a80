import { createHash } from 'node:crypto';

/** Draws that depend on a seed and a key alone: the same day of the same city comes out the same, whenever it is made. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [low, high]. */
  int(low: number, high: number): number;
  yes(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Picks a key by its weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
  /** About normal, by the sum of twelve. */
  normal(mean: number, deviation: number): number;
  /** A chance of its own for a part: what is drawn there does not shift what is drawn here. */
  at(key: string): Chance;
  /** A version 7 UUID of an instant, the same for the same key. */
  id(at: Date, key: string): string;
}

export function chanceOf(seed: number, key = ''): Chance {
  let state = createHash('sha256').update(`${seed}/${key}`).digest().readUInt32LE(0);
  // mulberry32: 32 bits of state are plenty for the few hundred draws of one key.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const chance: Chance = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    yes: (probability) => next() < probability,
    pick: (from) => {
      const one = from[Math.floor(next() * from.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    weighted: <T extends string>(weights: Readonly<Record<T, number>>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      const last = entries.at(-1);
      if (!last) throw new Error('nothing to pick from');
      return last[0];
    },
    normal: (mean, deviation) =>
      mean + deviation * (Array.from({ length: 12 }, next).reduce((sum, x) => sum + x, 0) - 6),
    at: (part) => chanceOf(seed, `${key}/${part}`),
    id: (at, part) => {
      const hash = createHash('sha256').update(`${seed}/${key}/${part}`).digest();
      const ms = at.getTime().toString(16).padStart(12, '0');
      const hex = hash.toString('hex');
      const variant = (8 + ((hash[3] ?? 0) & 3)).toString(16);
      return `${ms.slice(0, 8)}-${ms.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(8, 11)}-${hex.slice(12, 24)}`;
    },
  };
  return chance;
}
