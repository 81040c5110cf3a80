/**
 * The one door to BullMQ. A job is a wake-up and never the record: it finds its work by a query over rows that say so
 * (claimed with FOR UPDATE SKIP LOCKED, with attempts and last_error on the row), so that losing the queue delays and
 * loses nothing. Runs on PostgreSQL, or on Redis when the configuration names one.
 */
import { createPostgresBackend, createRedisBackend, type IQueueBackend, runMigrations, withBackend } from 'bullmq';
import type { Config } from './config.ts';
import { withClient } from './roles.ts';
import type { Runtime } from './unit-of-work.ts';
import { listenForWakes } from './wake.ts';

export interface JobRun {
  /** Share done, 0..1, shown in the back office. */
  progress(share: number): Promise<void>;
  /** What the waker said; only ever a hint. */
  data: unknown;
  /** True once the process is asked to stop: finish the row at hand and return. */
  stopping(): boolean;
}

export interface Job {
  name: string;
  /** Milliseconds, or a cron pattern in the bureau's zone: how often it looks for what was left behind. */
  every?: number | string;
  /** How many copies of `run` share the rows in one process; one unless told. */
  concurrency?: number;
  run(runtime: Runtime, run: JobRun): Promise<void>;
}

/** Declares a job; jobs/index.ts is the list of them. */
export const defineJob = (job: Job): Job => job;

export interface Failure {
  job: string;
  at: Date | null;
  attempts: number;
  error: string;
}

export interface Jobs {
  /** Runs the job soon; many wake-ups before a run are one run. From within a transaction use wakeOnCommit. */
  wake(name: string, data?: Record<string, unknown>): Promise<void>;
  /** Runs that gave up, newest first; what they worked on says so on its own row. */
  failures(): Promise<Failure[]>;
  /** Lets the runs at hand finish. */
  close(): Promise<void>;
}

export interface JobOptions {
  /** False in a web process that only wakes. */
  work?: boolean;
  /** Told of every failed run and of a lost connection. */
  report?(job: string, error: Error): void;
}

type Setting = Pick<Config, 'databaseUrl' | 'redisUrl' | 'zone'>;
const schema = 'bullmq';
const attempts = 3;

/** Opens the queues of `jobs` and, unless `work` is false, runs them in this process. */
export async function openJobs(
  config: Setting,
  runtime: Runtime,
  jobs: readonly Job[],
  options: JobOptions = {},
): Promise<Jobs> {
  if (config.redisUrl) {
    const connection = { url: config.redisUrl, maxRetriesPerRequest: null };
    return open(withBackend(createRedisBackend), connection, config, runtime, jobs, options);
  }
  await migrateQueues(config.databaseUrl);
  const connection = { connectionString: config.databaseUrl, schema, max: 3, application_name: 'mingjing-jobs' };
  return open(withBackend(createPostgresBackend), connection, config, runtime, jobs, options);
}

/** Our migration has made the schema, and the app may not make one, not even where it is there already. */
async function migrateQueues(url: string): Promise<void> {
  await withClient(url, (client) =>
    runMigrations(
      {
        query: async <R>(text: string, values?: readonly unknown[]) => {
          if (text.startsWith('CREATE SCHEMA')) return { rows: [] as R[] };
          const { rows } = await client.query(text, values && [...values]);
          return { rows: rows as R[] };
        },
      },
      schema,
    ),
  );
}

/** One queue for all jobs: a queue costs connections, and a job that waits for another of its name is deduplicated. */
async function open<B extends IQueueBackend, C>(
  { Queue, Worker }: ReturnType<typeof withBackend<B, C>>,
  connection: C,
  config: Setting,
  runtime: Runtime,
  jobs: readonly Job[],
  options: JobOptions,
): Promise<Jobs> {
  const { work = true, report = () => {} } = options;
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const queue = new Queue('mingjing', {
    connection,
    defaultJobOptions: {
      attempts,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 1000 },
    },
  });
  queue.on('error', (error) => report('queue', error));
  await queue.waitUntilReady();
  let stopping = false;

  const running = new Set<string>();
  const again = new Set<string>();
  // A scheduled and a woken run of one name may meet: the one at hand then looks once more, since it may have
  // passed the rows that the second was woken for.
  const perform = async (job: Job, told: JobRun): Promise<void> => {
    if (running.has(job.name)) return void again.add(job.name);
    running.add(job.name);
    try {
      do {
        again.delete(job.name);
        await Promise.all(Array.from({ length: job.concurrency ?? 1 }, () => job.run(runtime, told)));
      } while (again.has(job.name) && !stopping);
    } finally {
      running.delete(job.name);
    }
  };
  const worker = work
    ? new Worker(
        'mingjing',
        async (wake) => {
          const job = byName.get(wake.name);
          const progress = (share: number): Promise<void> => wake.updateProgress(Math.round(share * 100));
          if (job) await perform(job, { data: wake.data, progress, stopping: () => stopping });
        },
        { connection, concurrency: Math.max(1, jobs.length), maxStalledCount: 3 },
      )
    : undefined;
  worker?.on('error', (error) => report('queue', error));
  worker?.on('failed', (wake, error) => report(wake?.name ?? 'queue', error));
  await worker?.waitUntilReady();

  for (const job of work ? jobs : []) {
    if (job.every === undefined) continue;
    const rhythm = typeof job.every === 'number' ? { every: job.every } : { pattern: job.every, tz: config.zone };
    await queue.upsertJobScheduler(`every-${job.name}`, rhythm, { name: job.name, data: {} });
  }

  const wake: Jobs['wake'] = async (name, data = {}) => {
    if (!byName.has(name)) throw new Error(`there is no job ${name}: jobs/index.ts lists them`);
    await queue.add(name, data, { deduplication: { id: name, keepLastIfActive: true } });
  };
  // Every worker process hears of a commit; the queue makes one run of all their wake-ups.
  const ears = work
    ? listenForWakes(
        config.databaseUrl,
        (name) => {
          if (byName.has(name) && !stopping) wake(name).catch((error: Error) => report(name, error));
        },
        (error) => report('wake', error),
      )
    : undefined;
  await ears?.ready;

  return {
    wake,
    failures: async () => {
      const failed = await queue.getFailed(0, 199);
      return failed
        .map((wake) => ({
          job: wake.name,
          at: wake.finishedOn ? new Date(wake.finishedOn) : null,
          attempts: wake.attemptsMade,
          error: wake.failedReason ?? '',
        }))
        .sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
    },
    close: async () => {
      stopping = true;
      await ears?.close();
      await worker?.close();
      await queue.close();
    },
  };
}
