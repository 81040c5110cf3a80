import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SettableClock, settableClock } from '../../server/kernel/clock.ts';
import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { type SyncOptions, storedRules, syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { syncFeeds } from '../../server/rules/feeds.ts';
import { type Engine, type Healed, type Hit, settleWith, type Warning } from '../../server/rules/judge.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { populate, registry } from './world.ts';

export const shipped = loadCatalogue(shippedRules, registry);

const folder = fileURLToPath(new URL('fixtures', import.meta.url));
/** Rules that say what no shipped rule says. */
export const fixtures = (readdirSync(folder) as string[]).sort().map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, rule: compileRule({ file, text }, registry) };
});

/** A database that judges by the shipped rules, and what the loop would have been told. */
export interface Bench {
  db: TestDatabase;
  clock: SettableClock;
  runtime: Runtime;
  engine: Engine;
  hits: Hit[];
  healed: Healed[];
  warnings: Warning[];
  record(batch: StepInput[]): ReturnType<typeof recordSteps>;
  work<T>(work: (uow: UnitOfWork) => Promise<T>): Promise<T>;
  rows<Row extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Reads the rule set anew, after a version was enacted or tried. */
  reload(): Promise<void>;
}

export async function openBench(at: string, options: Partial<SyncOptions> = {}, entries = shipped): Promise<Bench> {
  const db = await testDatabase();
  const clock = settableClock(at);
  const rules = await db.database.transaction(async (tx) => {
    await populate(tx);
    await syncFeeds(tx);
    return (await syncCatalogue(tx, entries, { now: clock.now(), state: 'enacted', ...options })).rules;
  });
  const bench = { hits: [] as Hit[], healed: [] as Healed[], warnings: [] as Warning[] };
  const engine: Engine = {
    registry,
    rules,
    raise: async (_uow, hits) => void bench.hits.push(...hits),
    factsChanged: async (_uow, healed) => void bench.healed.push(...healed),
    warn: async (_uow, warnings) => void bench.warnings.push(...warnings),
  };
  const runtime: Runtime = {
    database: db.database,
    clock,
    settle: (uow, changes) => settleWith(engine)(uow, changes),
    append: async () => {},
  };
  const actor: Actor = systemActor;
  const work = <T>(run: (uow: UnitOfWork) => Promise<T>) => inUnitOfWork(runtime, actor, run, { as: 'engine' });
  return {
    ...bench,
    db,
    clock,
    runtime,
    engine,
    work,
    record: (batch) => work((uow) => recordSteps(uow, registry, batch)),
    rows: (text, values = []) =>
      db.database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        return tx.sql(text, values);
      }),
    reload: async () => {
      engine.rules = await db.database.transaction((tx) =>
        storedRules(
          tx,
          entries.map(({ rule }) => rule),
        ),
      );
    },
  };
}
