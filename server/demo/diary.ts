import type { City } from './city.ts';

type Stretch = readonly [from: number, until: number];

/** Who, and which room, is taken when: one diary for each telling of a city. */
const diaries = new WeakMap<City, Map<string, Stretch[]>>();

const kept = (city: City, name: string): Stretch[] => {
  const diary = diaries.get(city) ?? new Map<string, Stretch[]>();
  diaries.set(city, diary);
  const own = diary.get(name) ?? [];
  diary.set(name, own);
  return own;
};

/** A little time lies between two entries: what touches is not meant to meet. */
const margin = 4 * 60_000;

export const isFree = (city: City, name: string, from: Date, until: Date): boolean =>
  kept(city, name).every(([a, b]) => until.getTime() + margin <= a || from.getTime() - margin >= b);

export function book(city: City, names: readonly string[], from: Date, until: Date): void {
  for (const name of names) kept(city, name).push([from.getTime(), until.getTime()]);
}
