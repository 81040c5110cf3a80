import { followChanges } from './findings/parties.ts';
import { markFactsChanged, raise } from './findings/raise.ts';
import { warnOwners } from './findings/warn.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Database } from './kernel/database.ts';
import { inUnitOfWork, type Runtime } from './kernel/unit-of-work.ts';
import { type CatalogueEntry, loadCatalogue, shippedRules } from './rules/catalogue.ts';
import { type StoredRule, setState, syncCatalogue } from './rules/catalogue-store.ts';
import { judgeEverything, startRun } from './rules/everything.ts';
import { syncFeeds } from './rules/feeds.ts';
import type { Engine } from './rules/judge.ts';
import { hashOf, keepAct } from './rules/life/act.ts';
import { ruleSetReader } from './rules/life/office-rules.ts';
import { holdRules } from './rules/rule-set.ts';
import { systemActor } from './rules/sweep.ts';
import { runtimeOn } from './runtime.ts';
import type { Registry } from './subjects/registry.ts';

/**
 * A database with its rules: what serving, working and commands run on. New and changed rules are adopted, and what
 * they say of the records that are there is judged before anybody is served.
 */
export async function openRuntime(
  database: Database,
  registry: Registry,
  options: { clock?: Clock; demonstration: boolean },
): Promise<{ runtime: Runtime; engine: Engine }> {
  const clock = options.clock ?? systemClock;
  const entries = loadCatalogue(shippedRules, registry);
  const fresh = await adoptRules(runtimeOn(database, clock), entries, options.demonstration);
  const engine = await openEngine(database, registry, entries);
  const runtime = runtimeOn(database, clock, engine);
  if (fresh.length > 0)
    await judgeAll(runtime, registry, `rules ${[...new Set(fresh.map(({ rule }) => rule.code))].join(' ')}`);
  return { runtime, engine };
}

/** The rules of this database, judged by the engine and raised into the loop. */
export async function openEngine(
  database: Database,
  registry: Registry,
  entries: readonly CatalogueEntry[] = loadCatalogue(shippedRules, registry),
): Promise<Engine> {
  const read = ruleSetReader(
    registry,
    entries.map(({ rule }) => rule),
  );
  let stamp = '';
  const engine: Engine = {
    registry,
    rules: [],
    refresh: async (tx) => {
      const now = await holdRules(tx);
      if (now === stamp) return;
      engine.rules = await read(tx);
      stamp = now;
    },
    touched: (uow, type, subjects) => followChanges(uow, registry, registry.get(type), subjects),
    raise: (uow, hits) => raise(uow, registry, hits),
    factsChanged: (uow, healed) => markFactsChanged(uow, registry, healed),
    warn: (uow, warnings) => warnOwners(uow, registry, warnings),
  };
  await database.transaction((tx) => engine.refresh?.(tx) ?? Promise.resolve());
  return engine;
}

/** Rules that ship on trial and that the demonstration bureau has put in force after its own: its cameras last a shift. */
const triedInDemonstration: readonly string[] = ['BWC-03'];

/**
 * Brings the shipped rules into the database. A demonstration database takes changed files and has gone live long ago;
 * elsewhere a changed file is refused, and a rule raises nothing before its 起算日 is set.
 */
async function adoptRules(
  runtime: Runtime,
  entries: readonly CatalogueEntry[],
  demonstration: boolean,
): Promise<StoredRule[]> {
  return inUnitOfWork(
    runtime,
    systemActor,
    async (uow) => {
      await syncFeeds(uow);
      const { fresh, reworded, held } = await syncCatalogue(uow, entries, {
        now: uow.now,
        ...(demonstration ? { onChange: 'replace', goLive: '2020-01-01' } : { state: 'trial' }),
      });
      if (demonstration)
        for (const { rule } of fresh)
          if (triedInDemonstration.includes(rule.code))
            await setState(uow, rule.code, rule.version, 'enacted', '2020-01-01');
      for (const { rule } of fresh)
        uow.log({
          action: 'rule.adopt',
          objectType: 'rule',
          objectId: rule.code,
          objectVersion: rule.version,
          changes: { inForce: rule.inForce },
        });
      for (const { rule, before, after, waits } of reworded)
        uow.log({
          action: 'rule.reword',
          objectType: 'rule',
          objectId: rule.code,
          objectVersion: rule.version,
          changes: { before: hashOf(before), text: hashOf(after), waits },
        });
      for (const { id, rule, text } of held)
        await keepAct(uow, { id, code: rule.code, version: rule.version, text }, 'hold');
      return fresh;
    },
    { as: 'engine' },
  );
}

/** Judges all records by all rules: after rules changed, and as the nightly check. */
export async function judgeAll(runtime: Runtime, registry: Registry, reason: string): Promise<void> {
  const run = await inUnitOfWork(runtime, systemActor, (uow) => startRun(uow, registry, reason), { as: 'engine' });
  await judgeEverything(runtime, registry, run);
}
