import type { Clock } from './kernel/clock.ts';
import type { Database } from './kernel/database.ts';
import type { Runtime } from './kernel/unit-of-work.ts';
import { appendEntries } from './ledger/ledger.ts';
import { type Engine, settleWith } from './rules/judge.ts';

/** What units of work run on here: the ledger always, the rules where there are any. Nothing is judged without an engine. */
export const runtimeOn = (database: Database, clock: Clock, engine?: Engine): Runtime => ({
  database,
  clock,
  settle: engine ? settleWith(engine) : async () => {},
  append: async (uow, entries) => void (await appendEntries(uow, entries)),
});
