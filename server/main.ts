import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, createRegistry } from './app.ts';
import { PlainStop } from './bootstrap/sentences.mjs';
import { demoPassword } from './demo/found.ts';
import { demoLogins } from './demo/people.ts';
import { canTell, readPlan, seedCity } from './demo/seed.ts';
import { openRuntime } from './engine.ts';
import { checkMode, firstAdministrator, removeWhenUsed } from './first-start.ts';
import { openEvents } from './jobs/events.ts';
import { type Config, readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import type { Jobs } from './kernel/job.ts';
import { lanesOf } from './kernel/pipeline.ts';
import { lineOf } from './kernel/problem.ts';
import type { Runtime } from './kernel/unit-of-work.ts';
import { identityKeyOf } from './organisation/identity.ts';
import type { Registry } from './subjects/registry.ts';
import { fontFolderOf, startWork } from './worker.ts';

/** A running server. */
export interface Served {
  url: string;
  stop(): Promise<void>;
}

/** 澜川市 as everybody meets it on the first start. */
const firstCity = { seed: 7, officers: 120, days: 30 };

/** Serves API and back office on one port and runs the jobs beside it. The database is there and migrated. */
export async function serve(config: Config = readConfig()): Promise<Served> {
  const database = await openDatabase({ url: config.databaseUrl, poolSize: config.poolSize });
  const demonstration = config.mode === 'demonstration';
  const told = new AbortController();
  const report = (error: Error) => process.stderr.write(`${lineOf(error)}\n`);
  try {
    await checkMode(database, config);
    const administrator = await firstAdministrator(database, config);
    const stopLooking = administrator && removeWhenUsed(database, administrator);
    const registry = createRegistry();
    const { runtime, engine } = await openRuntime(database, registry, { demonstration });
    const events = await openEvents(config.databaseUrl, report);
    let jobs: Jobs | undefined;
    const app = createApp({
      database,
      publicUrl: config.publicUrl,
      proxies: config.proxies,
      engine,
      identityKey: identityKeyOf(config),
      demonstration,
      fontFolder: fontFolderOf(config),
      lanes: lanesOf(config.poolSize),
      events,
      failures: async () => (await jobs?.failures()) ?? [],
    });
    const server = createServer(app.koa.callback());
    await listen(server, config);
    const url = config.port === 0 ? `http://localhost:${(server.address() as AddressInfo).port}` : config.publicUrl;
    process.stdout.write(`\n明镜已启动 · Mingjing is ready\n\n  ${url}\n\n`);
    if (administrator) {
      process.stdout.write(
        `  管理员 · administrator  ${administrator.login}\n  一次性密码在文件 · one-time password in  ${administrator.file}\n\n`,
      );
    }
    // The jobs live in the present: they start when the city has arrived there.
    const working = (async () => {
      // a city that cannot be told further is no reason to leave the work undone
      if (demonstration) await tellCity(runtime, registry, told.signal).catch(report);
      jobs = await persist(() => startWork(config, runtime, registry), told.signal, report);
    })().catch(report);
    return {
      url,
      stop: async () => {
        told.abort();
        stopLooking?.();
        await close(server);
        await working;
        await Promise.all([events.close(), jobs?.close()]);
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const longestPause = 60_000;

/**
 * Does it until it is done or not wanted any more: work that cannot start (a queue that is away) starts when it can,
 * and pages are served meanwhile.
 */
async function persist<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  report: (error: Error) => void,
): Promise<T | undefined> {
  for (let ms = 1_000; !signal.aborted; ms = Math.min(2 * ms, longestPause)) {
    try {
      return await work();
    } catch (error) {
      report(error as Error);
      process.stdout.write('  后台任务未能启动，稍后再试 · the background work did not start and is tried again\n');
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          done();
        });
      });
    }
  }
  return undefined;
}

/** The first start founds the city, later ones continue it to the present hour; pages are served meanwhile. */
async function tellCity(runtime: Runtime, registry: Registry, signal: AbortSignal): Promise<void> {
  const until = runtime.clock.now();
  until.setMinutes(0, 0, 0);
  let told = 0;
  const progress = (day: number, of: number) => {
    if (signal.aborted) throw new PlainStop('演示数据生成已中断', 'interrupted');
    const percent = Math.floor((100 * day) / of);
    if (percent >= told + 20) process.stdout.write(`  演示数据 · demonstration data ${percent}%\n`);
    if (percent >= told + 20) told = percent;
  };
  try {
    if (!canTell(await readPlan(runtime))) {
      process.stdout.write(
        '  演示城市由其他版本生成，保持原样；换一个数据文件夹即可重新生成 · told by another release: the city stays as it is\n',
      );
      return;
    }
    const { steps } = await seedCity(runtime, registry, firstCity, { until, progress });
    process.stdout.write(`  演示数据已就绪（${steps} 个环节）· demonstration data is ready\n`);
    process.stdout.write(
      `  演示账号 · accounts  ${Object.values(demoLogins).join(' ')}\n  密码 · password  ${demoPassword}\n\n`,
    );
  } catch (error) {
    if (!(error instanceof PlainStop)) throw error;
  }
}

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () => {
      server.off('error', refuse);
      done();
    });
  });
}

/** Lets running requests finish; open streams are cut. */
function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
