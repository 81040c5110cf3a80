import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { createApp } from '../../server/app.ts';
import type { City } from '../../server/demo/city.ts';
import { demoPassword } from '../../server/demo/found.ts';
import { teller } from '../../server/demo/run.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import type { Database } from '../../server/kernel/database.ts';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { cheapCost } from '../../server/organisation/password.ts';
import type { Engine } from '../../server/rules/judge.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { signIn } from '../support/http.ts';
import { insertBare, stepOf } from './bare.ts';
import { benchNow } from './fill.ts';
import { quantile, rounded, timed } from './rounds.ts';

export interface Latency {
  p50: number;
  p99: number;
}

export interface EventFigures {
  events: number;
  /** POST of an arrival: session, policy, unit of work, judging, ledger, the record read back. Milliseconds. */
  httpMs: Latency;
  /** A request that does nothing: what HTTP alone costs. */
  emptyRequestMs: Latency;
  /** The step's row alone, inserted and committed in one round trip. */
  bareInsertMs: Latency;
  ratioP50: number;
  ratioP99: number;
}

/** After everything that the batches wrote. */
const eventsAt = new Date(benchNow.getTime() + 40 * 86_400_000);

const latency = (values: readonly number[]): Latency => ({
  p50: rounded(quantile(values, 0.5)),
  p99: rounded(quantile(values, 0.99)),
});

/** Arrivals over HTTP, one after another, each beside a bare insert of the same step and a request that does nothing. */
export async function measureEvents(
  bench: { database: Database; runtime: Runtime; engine: Engine; client: pg.Client; city: City },
  events: number,
): Promise<EventFigures> {
  const { database, engine, client, city } = bench;
  const clock = settableClock(eventsAt);
  const officer = city.people.find(({ login, roles }) => login && roles.includes('responding-officer'));
  if (!officer?.login) throw new Error('nobody may record an arrival');
  const warm = Math.ceil(events / 5);
  const dispatched = await dispatchAlarms({ ...bench.runtime, clock }, engine, officer, events + warm);

  const app = createApp({
    database,
    clock,
    engine,
    publicUrl: 'http://localhost',
    passwordCost: cheapCost,
    demonstration: true,
  });
  const server = createServer(app.koa.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const person = await signIn(url, officer.login, demoPassword);
    const occurredAt = new Date(eventsAt.getTime() - 60_000).toISOString();
    const [http, bare, empty]: [number[], number[], number[]] = [[], [], []];
    for (const [i, { alarm, dispatch }] of dispatched.entries()) {
      let step = '';
      const event = await timed(async () => {
        const answer = await person.post(`/alarms/${alarm}/steps`, {
          verb: 'arrive',
          partId: dispatch,
          occurredAt,
          facts: { arrivalSource: 'terminal' },
        });
        if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
        step = answer.body.step;
      });
      const rows = await stepOf(client, [step]);
      const insert = await timed(() => insertBare(client, rows));
      const nothing = await timed(() => person.get('/health'));
      if (i < warm) continue;
      http.push(event);
      bare.push(insert);
      empty.push(nothing);
    }
    const [httpMs, bareInsertMs] = [latency(http), latency(bare)];
    return {
      events,
      httpMs,
      emptyRequestMs: latency(empty),
      bareInsertMs,
      ratioP50: rounded(httpMs.p50 / bareInsertMs.p50),
      ratioP99: rounded(httpMs.p99 / bareInsertMs.p99),
    };
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** Alarms that wait for the arrival of this officer, everything in time so far: an arrival as most are. */
async function dispatchAlarms(
  runtime: Runtime,
  engine: Engine,
  officer: { id: number; unit: number },
  count: number,
): Promise<{ alarm: string; dispatch: string }[]> {
  const at = (seconds: number): Date => new Date(eventsAt.getTime() - seconds * 1000);
  const made = Array.from({ length: count }, (_, i) => ({ i, alarm: newId(at(300)), dispatch: newId(at(270)) }));
  const steps = made.flatMap(({ i, alarm, dispatch }): StepInput[] => [
    {
      type: 'alarm',
      subject: alarm,
      verb: 'receive',
      occurredAt: at(300),
      facts: {
        number: `BENCH-E${i}`,
        channel: 'call_110',
        unit: officer.unit,
        intakeCategory: 'dispute',
        topic: '邻里纠纷',
        priority: 'urgent',
        area: 'urban',
        caller: '王伟',
        place: '望河路1号',
      },
    },
    { type: 'alarm', subject: alarm, verb: 'report', occurredAt: at(280) },
    {
      type: 'alarm',
      subject: alarm,
      verb: 'dispatch',
      part: dispatch,
      occurredAt: at(270),
      facts: { unit: officer.unit, officer: officer.id, officers: [officer.id] },
    },
  ]);
  for (let i = 0; i < steps.length; i += 1000)
    await inUnitOfWork(runtime, teller, (uow) => recordSteps(uow, engine.registry, steps.slice(i, i + 1000)), {
      as: 'engine',
    });
  return made;
}
