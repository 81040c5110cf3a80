import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createApp, createRegistry } from '../../server/app.ts';
import { ensureAdminUi } from '../../server/bootstrap/admin-ui.mjs';
import { seedCity } from '../../server/demo/seed.ts';
import { openRuntime } from '../../server/engine.ts';
import { checkMode } from '../../server/first-start.ts';
import { openEvents } from '../../server/jobs/events.ts';
import { type Clock, systemClock } from '../../server/kernel/clock.ts';
import { readConfig } from '../../server/kernel/config.ts';
import { newId } from '../../server/kernel/id.ts';
import { inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { cheapCost } from '../../server/organisation/password.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { recordSteps } from '../../server/subjects/record.ts';
import type { Registry } from '../../server/subjects/registry.ts';
import { startWork } from '../../server/worker.ts';
import { seedBureau as seedPeople } from '../support/bureau.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { root } from '../support/start.ts';

/** The demonstration bureau of a small city, served with its jobs. */
export interface Bureau {
  url: string;
  db: TestDatabase;
  close(): Promise<void>;
}

/** The story is planted two days before; its findings came up last night. */
const morning = '2026-10-22T10:00:00+08:00';

export const openBureau = (): Promise<Bureau> =>
  serveBureau(async (runtime, registry, until) => {
    await seedCity(runtime, registry, { seed: 7, officers: 60, days: 5 }, { until, passwordCost: cheapCost });
  });

/** The people of the tests (test/support/bureau.ts) with one phone that was seized yesterday: enough to look at rules. */
export const openSmallBureau = (): Promise<Bureau & { item: string }> => {
  const item = 'WH-涉财-2026-000001';
  return serveBureau(async (runtime, registry, until) => {
    await seedPeople(runtime.database);
    await inUnitOfWork(
      runtime,
      systemActor,
      (uow) =>
        recordSteps(uow, registry, [
          {
            type: 'item',
            subject: newId(until),
            verb: 'take',
            occurredAt: new Date(until.getTime() - 30 * 3_600_000),
            facts: { number: item, unit: 16, how: 'seized', kind: 'phone', name: '手机', takenBy: 1 },
          },
        ]),
      { as: 'engine' },
    );
  }).then((bureau) => ({ ...bureau, item }));
};

async function serveBureau(
  seed: (runtime: Runtime, registry: Registry, until: Date) => Promise<void>,
): Promise<Bureau> {
  await ensureAdminUi(root);
  const db = await testDatabase({ poolSize: 10 });
  const config = { ...readConfig({ MINGJING_HOME: tmpdir() }), databaseUrl: db.url };
  await checkMode(db.database, config);
  const registry = createRegistry();
  const until = new Date(morning);
  const began = systemClock.now().getTime();
  let started = began;
  // it is that morning when the doors open, and time goes on from there
  const clock: Clock = { now: () => new Date(until.getTime() + systemClock.now().getTime() - started) };
  const { runtime, engine } = await openRuntime(db.database, registry, { clock, demonstration: true });
  await seed(runtime, registry, until);
  started = systemClock.now().getTime();

  const report = (error: Error) => process.stderr.write(`${error.stack ?? error.message}\n`);
  const events = await openEvents(db.url, report);
  const app = createApp({
    database: db.database,
    clock,
    publicUrl: 'http://localhost',
    engine,
    demonstration: true,
    events,
    passwordCost: cheapCost,
  });
  const answer = app.koa.callback();
  const server = createServer((request, response) => {
    // browsers learn the time of the bureau from here
    response.setHeader('date', clock.now().toUTCString());
    void answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const jobs = await startWork(config, app.runtime, registry);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    db,
    close: async () => {
      await stop(server);
      await Promise.all([jobs.close(), events.close()]);
      await db.drop();
    },
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
