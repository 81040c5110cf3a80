import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../server/kernel/clock.ts';
import { readConfig } from '../../server/kernel/config.ts';
import { defineJob, type Job, type Jobs, openJobs } from '../../server/kernel/job.ts';
import type { Runtime } from '../../server/kernel/unit-of-work.ts';
import { wakeOnCommit } from '../../server/kernel/wake.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: () => boolean | Promise<boolean>, ms = 8000): Promise<void> {
  for (let waited = 0; waited < ms; waited += 25) {
    if (await what()) return;
    await pause(25);
  }
  throw new Error('it did not happen in time');
}

/** The same behaviour is owed by both backends. */
function behaves(redisUrl: () => string | undefined): void {
  let own: TestDatabase;
  let runtime: Runtime;
  const opened: Jobs[] = [];
  const open = async (jobs: Job[], work = true): Promise<Jobs> => {
    const url = redisUrl();
    const it = await openJobs(
      { databaseUrl: own.url, zone: 'Asia/Shanghai', ...(url ? { redisUrl: url } : {}) },
      runtime,
      jobs,
      { work },
    );
    opened.push(it);
    return it;
  };

  beforeEach(async () => {
    own = await testDatabase();
    runtime = { database: own.database, clock: systemClock, settle: async () => {}, append: async () => {} };
  });
  afterEach(async () => {
    for (const jobs of opened.splice(0)) await jobs.close();
    await own.drop();
  });

  it('runs a job soon after it was woken, in another process than the one that woke it', async () => {
    const seen: unknown[] = [];
    const list = [defineJob({ name: 'told', run: async (_, { data }) => void seen.push(data) })];
    const web = await open(list, false);
    await open(list);
    await web.wake('told', { why: 'a row waits' });
    await until(() => seen.length === 1);
    expect(seen).to.deep.equal([{ why: 'a row waits' }]);
  });

  it('makes one run of a hundred wake-ups, and one more for those that came during it', async () => {
    let runs = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const jobs = await open([
      defineJob({
        name: 'held',
        run: async () => {
          runs += 1;
          await held;
        },
      }),
    ]);
    await jobs.wake('held');
    await until(() => runs === 1);
    for (let n = 0; n < 100; n += 1) await jobs.wake('held');
    release();
    await until(() => runs === 2);
    await pause(300);
    expect(runs).to.equal(2);
  });

  it('tries a failed run again, and lists what gave up', async () => {
    let runs = 0;
    const jobs = await open([
      defineJob({
        name: 'broken',
        run: async () => {
          runs += 1;
          throw new Error('no paper in the printer');
        },
      }),
    ]);
    await jobs.wake('broken');
    await until(async () => (await jobs.failures()).length === 1, 12_000);
    const [failure] = await jobs.failures();
    expect(runs).to.equal(3);
    expect(failure).to.include({ job: 'broken', attempts: 3, error: 'no paper in the printer' });
  });

  it('looks by itself for what was left behind', async () => {
    let runs = 0;
    await open([
      defineJob({
        name: 'regular',
        every: 300,
        run: async () => {
          runs += 1;
        },
      }),
    ]);
    await until(() => runs >= 2);
  });

  it('lets the run at hand finish when it closes', async () => {
    let finished = false;
    let started = false;
    const jobs = await open([
      defineJob({
        name: 'slow',
        run: async () => {
          started = true;
          await pause(300);
          finished = true;
        },
      }),
    ]);
    await jobs.wake('slow');
    await until(() => started);
    await jobs.close();
    opened.length = 0;
    expect(finished).to.equal(true);
  });

  it('is woken by a transaction that commits, and not by one that fails', async () => {
    const found: number[] = [];
    const count = async (): Promise<number> =>
      (await own.database.transaction((tx) => tx.sql('SELECT FROM setting'))).length;
    await open([defineJob({ name: 'outbox', run: async () => void found.push(await count()) })]);
    const write = (key: string, fail: boolean): Promise<void> =>
      own.database.transaction(async (tx) => {
        await wakeOnCommit(tx, 'outbox');
        await tx.sql(`INSERT INTO setting (key, value) VALUES ($1, '1')`, [key]);
        await pause(100);
        if (fail) throw new Error('undone');
      });
    await write('lost', true).catch(() => undefined);
    await write('kept', false);
    await until(() => found.length > 0);
    await pause(200);
    expect(found).to.deep.equal([1]);
  });

  it('refuses to wake a job that nobody declared', async () => {
    const jobs = await open([], false);
    let said = '';
    await jobs.wake('nothing').catch((error: Error) => {
      said = error.message;
    });
    expect(said).to.include('there is no job nothing');
  });
}

describe('jobs on PostgreSQL', function () {
  this.timeout(20_000);
  behaves(() => undefined);
});

describe('jobs on Redis', function () {
  this.timeout(20_000);
  let folder = '';
  let port = 0;
  let server: ReturnType<typeof spawn> | undefined;

  before(async function () {
    try {
      execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    } catch {
      if (readConfig().ci) throw new Error('redis-server is not installed, and CI must test on it');
      console.log(
        '      redis-server is not installed: jobs on Redis are not tested here (Debian: apt-get install redis-server)',
      );
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'mingjing-redis-'));
    port = await freePort();
    server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        folder,
        '--maxmemory-policy',
        'noeviction',
      ],
      { stdio: 'ignore' },
    );
    await until(() => answers(port));
  });
  after(() => {
    server?.kill();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  // A database number of its own per test keeps one test's queue from the next.
  let database = 0;
  beforeEach(() => {
    database += 1;
  });
  behaves(() => `redis://127.0.0.1:${port}/${database}`);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function answers(port: number): boolean {
  try {
    return execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .startsWith('PONG');
  } catch {
    return false;
  }
}
