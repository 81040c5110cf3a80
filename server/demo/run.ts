import { type SettableClock, settableClock } from '../kernel/clock.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { recordSteps } from '../subjects/record.ts';
import type { Registry } from '../subjects/registry.ts';
import type { City } from './city.ts';
import type { Happening, Planted } from './story.ts';
import { tellCity } from './telling.ts';
import { dayOf, hour, onDay } from './time.ts';

/** In whose name the city is written where a story names nobody. */
export const teller: Actor = {
  personId: null,
  name: '演示数据',
  unitId: 1,
  unitName: '澜川市公安局',
  role: 'system',
  roles: [],
};

export interface Told {
  steps: number;
  planted: Planted[];
}

export interface Telling {
  city: City;
  registry: Registry;
  /** What came before is written already; the city goes on from here. */
  after?: Date;
  until: Date;
  /** Runs the due sweep at the clock's time; every few hours of the city's life. */
  sweep(runtime: Runtime): Promise<unknown>;
  /** Drives the findings through the loop; once a day, in the evening. */
  drive?(runtime: Runtime, evening: Date): Promise<void>;
  /** Everything up to this moment is written: where to go on after an interruption. */
  reached?(moment: Date): Promise<void>;
  progress?(day: number, of: number): void;
}

/** Steps of one transaction: enough to be fast, few enough to be judged near the time at which they were recorded. */
const batchSize = 1000;
/** Hours of the city's life between two judgements: by the day in the run-in, closer and closer to the present. */
const stretchOf = (city: City, day: number, last: number): number => (day < city.first ? 24 : day < last - 2 ? 4 : 0.5);

/** Writes the city through the one door for steps, with the clock set to each moment; returns what was planted. */
export async function runCity(runtime: Runtime, telling: Telling): Promise<Told> {
  const clock = settableClock(telling.until);
  const own: Runtime = { ...runtime, clock };
  const told: Told = { steps: 0, planted: [] };
  const { city, until } = telling;
  const days = tellCity(city, until);
  for (const { day, happenings, planted } of days) {
    told.planted.push(...planted);
    const fresh = telling.after ? happenings.filter(({ at }) => telling.after && at > telling.after) : happenings;
    const hours = stretchOf(city, day, dayOf(until));
    for (let from = 0; from < 24; from += hours) {
      const end = onDay(day, from + hours);
      const within = fresh.filter(({ at }) => at >= onDay(day, from) && at < end);
      told.steps += await write(own, clock, telling.registry, within);
      const moment = end < until ? end : until;
      if (telling.after && moment <= telling.after) continue;
      clock.set(moment);
      await telling.sweep(own);
      if (telling.drive && from <= 18 && from + hours > 18 && onDay(day, 18) <= until) {
        await telling.drive(own, moment);
      }
      if (end >= until) break;
    }
    if (!telling.after || onDay(day, 24) > telling.after)
      await telling.reached?.(onDay(day, 24) < until ? onDay(day, 24) : until);
    telling.progress?.(
      day - (city.first - city.runIn),
      Math.floor((until.getTime() - onDay(city.first - city.runIn, 0).getTime()) / (24 * hour)),
    );
  }
  clock.set(until);
  await telling.sweep(own);
  return told;
}

async function write(
  runtime: Runtime,
  clock: SettableClock,
  registry: Registry,
  happenings: readonly Happening[],
): Promise<number> {
  let steps = 0;
  for (let i = 0; i < happenings.length; i += batchSize) {
    const batch = happenings.slice(i, i + batchSize);
    const last = batch.at(-1);
    if (!last) continue;
    clock.set(last.at);
    const recorded = await inUnitOfWork(
      runtime,
      teller,
      (uow) =>
        recordSteps(
          uow,
          registry,
          batch.map(({ step }) => step),
        ),
      { as: 'engine' },
    );
    steps += recorded.length;
  }
  return steps;
}
