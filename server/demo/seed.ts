import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '../kernel/clock.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import type { PasswordCost } from '../organisation/password.ts';
import { sweep } from '../rules/sweep.ts';
import type { Registry } from '../subjects/registry.ts';
import { type City, createCity } from './city.ts';
import { drive } from './drive.ts';
import { findingDuties } from './finding-duties.ts';
import { foundCity } from './found.ts';
import { runCity, teller } from './run.ts';
import { dayOf, onDay } from './time.ts';
import { type TrueVerdict, truthAt } from './truth.ts';

/** Which city it is: the same three give the same city for ever. */
export interface CityPlan {
  seed: number;
  officers: number;
  days: number;
}

export interface SeedOptions {
  until: Date;
  passwordCost?: PasswordCost;
  progress?(done: number, of: number): void;
}

export interface Seeded {
  city: City;
  steps: number;
  acts: number;
  truth: TrueVerdict[];
}

interface Stored extends CityPlan {
  first: number;
  until: string;
  /** Of the stories that told it. */
  stories?: string;
}

/** The stories as they are now: a later release tells other ones, which do not fit a city half told by an earlier. */
function stories(): string {
  const folder = new URL('.', import.meta.url);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)));
  return hash.digest('hex').slice(0, 16);
}

/** Whether these stories can go on with the city of this plan; with none they begin one. */
export const canTell = (plan: Pick<Stored, 'stories'> | null): boolean => plan === null || plan.stories === stories();

/**
 * Founds the city and tells it up to `until`; where it is there already, goes on from where it stopped. The plan of a
 * city that is there stays what it was.
 */
export async function seedCity(
  runtime: Runtime,
  registry: Registry,
  plan: CityPlan,
  options: SeedOptions,
): Promise<Seeded> {
  const stored = await readPlan(runtime);
  const { seed, officers, days, first } = stored ?? { ...plan, first: dayOf(options.until) - plan.days };
  const city = createCity(seed, officers, first, days);
  const own: Clock = { now: () => options.until };
  if (!stored) {
    await inUnitOfWork({ ...runtime, clock: own }, teller, (uow) => foundCity(uow, city, options.passwordCost), {
      as: 'engine',
    });
    await keepPlan(runtime, { seed, officers, days, first, until: onDay(first - city.runIn, 0).toISOString() });
  }
  let acts = 0;
  const told = await runCity(runtime, {
    city,
    registry,
    until: options.until,
    ...(stored ? { after: new Date(stored.until) } : {}),
    sweep: (at) => sweep(at, registry),
    drive: async (at, evening) => {
      acts += await drive(at, registry, city, evening);
    },
    reached: (moment) => keepPlan(runtime, { seed, officers, days, first, until: moment.toISOString() }),
    ...(options.progress ? { progress: options.progress } : {}),
  });
  const loop = await runtime.database.transaction(async (tx) => {
    await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
    return findingDuties(tx.sql);
  });
  return {
    city,
    steps: told.steps,
    acts,
    truth: truthAt(city, [...told.planted, ...loop.planted], loop.decided, options.until),
  };
}

/** The plan of the city in this database; null where there is none. */
export async function readPlan(runtime: Runtime): Promise<Stored | null> {
  const [row] = await runtime.database.transaction((tx) =>
    tx.sql<{ value: Stored }>(`SELECT value FROM setting WHERE key = 'city'`),
  );
  return row?.value ?? null;
}

async function keepPlan(runtime: Runtime, stored: Stored): Promise<void> {
  await runtime.database.transaction((tx) =>
    tx.sql(
      `INSERT INTO setting (key, value) VALUES ('city', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [JSON.stringify({ ...stored, stories: stories() })],
    ),
  );
}
