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
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { judgedRules } from '../../server/rules/judge.ts';
import { makeBare } from './bare.ts';
import { type BatchFigures, measureBatches } from './batch.ts';
import { benchNow, type Filled, fillAlarms } from './fill.ts';
import { type GrowthFigures, measureGrowth } from './growth.ts';
import { machineFacts } from './machine.ts';
import { type EventFigures, measureEvents } from './one-event.ts';
import { measurePeers, type PeerFigures } from './peers/measure.ts';
import { measureVerdicts, type VerdictFigures } from './verdicts.ts';

export interface Measurement {
  machine: Awaited<ReturnType<typeof machineFacts>>;
  rounds: number;
  filled: Filled;
  verdicts: VerdictFigures;
  event: EventFigures;
  batch: BatchFigures;
  /** Where they were asked for. */
  peers?: PeerFigures;
  growth?: GrowthFigures;
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
  /** Measure other engines beside ours, too. */
  peers?: boolean;
  /** A new rule version over this many alarms, one size after the other; the last fill stays. */
  growth?: readonly number[];
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
      if (plan.peers) say('对照引擎 · the peers on the same rows');
      const peers = plan.peers
        ? await measurePeers({ database, client, rules, now: benchNow, rounds, folder: plan.folder, say })
        : undefined;
      const grown = (sizes: readonly number[]) => {
        const text = loadCatalogue(shippedRules, registry).find(({ rule }) => rule.code === 'ALM-04a')?.text ?? '';
        // a version that nobody has judged by: feedback within four hours
        const next = text.replace('limit: 24h', 'limit: 4h').replace('version: 1', 'version: 9');
        return measureGrowth({ database, client, registry, city, rules, text: next, sizes, rounds, say });
      };
      say('一千条一批 · batches of events');
      const batch = await measureBatches({ runtime, registry, client, city }, rounds, plan.batch);
      say('逐条登记 · single events over HTTP');
      const event = await measureEvents({ database, runtime, engine, client, city }, plan.events ?? 300);
      const growth = plan.growth && (await grown(plan.growth));
      return {
        machine: await machineFacts(client),
        rounds,
        filled,
        verdicts,
        event,
        batch,
        ...(peers && { peers }),
        ...(growth && { growth }),
      };
    });
  } finally {
    await database.close();
  }
}
