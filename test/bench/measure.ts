import { mkdirSync } from 'node:fs';
import { createRegistry } from '../../server/app.ts';
import { createCity } from '../../server/demo/city.ts';
import { foundCity } from '../../server/demo/found.ts';
import { teller } from '../../server/demo/run.ts';
import { dayOf } from '../../server/demo/time.ts';
import { openRuntime } from '../../server/engine.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { openDatabase } from '../../server/kernel/database.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { cheapCost } from '../../server/organisation/password.ts';
import { judgedRules } from '../../server/rules/judge.ts';
import { makeBare } from './bare.ts';
import { type BatchFigures, measureBatches } from './batch.ts';
import { benchNow, type Filled, fillAlarms } from './fill.ts';
import { machineFacts } from './machine.ts';
import { type EventFigures, measureEvents } from './one-event.ts';
import { measureVerdicts, type VerdictFigures } from './verdicts.ts';

export interface Measurement {
  machine: Awaited<ReturnType<typeof machineFacts>>;
  rounds: number;
  filled: Filled;
  verdicts: VerdictFigures;
  event: EventFigures;
  batch: BatchFigures;
}

export interface Plan {
  /** Of a migrated database with nothing in it; it is filled and left so. */
  databaseUrl: string;
  ownerUrl: string;
  /** Where plans are written. */
  folder: string;
  alarms: number;
  rounds: number;
  /** Arrivals over HTTP, and steps of a batch. */
  events?: number;
  batch?: number;
  say(text: string): void;
}

/** Everything that `npm run bench` measures, one after the other, on one machine at one time. */
export async function measure(plan: Plan): Promise<Measurement> {
  const { alarms, rounds, say } = plan;
  mkdirSync(plan.folder, { recursive: true });
  const database = await openDatabase({ url: plan.databaseUrl, poolSize: 4 });
  try {
    return await withClient(plan.ownerUrl, async (client) => {
      const registry = createRegistry();
      const { runtime, engine } = await openRuntime(database, registry, { demonstration: true });
      // its days lie after those of the filled alarms: nothing of these is judged at an earlier time than they happened
      const city = createCity(7, 300, dayOf(benchNow) + 2, 30);
      const founded = { ...runtime, clock: settableClock(benchNow) };
      await inUnitOfWork(founded, teller, (uow) => foundCity(uow, city, cheapCost), { as: 'engine' });
      await makeBare(client);

      say(`填入 ${alarms} 起警情 · filling`);
      const filled = await fillAlarms(client, city, alarms);
      say('逐规则判定 · judging all rules over all alarms');
      const rules = judgedRules(engine.rules)
        .map(({ rule }) => rule)
        .filter(({ subject }) => subject === 'alarm');
      const verdicts = await measureVerdicts(database, rules, benchNow, rounds, plan.folder);
      say('一千条一批 · batches of events');
      const batch = await measureBatches({ runtime, registry, client, city }, rounds, plan.batch);
      say('逐条登记 · single events over HTTP');
      const event = await measureEvents({ database, runtime, engine, client, city }, plan.events ?? 300);
      return { machine: await machineFacts(client), rounds, filled, verdicts, event, batch };
    });
  } finally {
    await database.close();
  }
}
