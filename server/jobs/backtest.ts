import { defineJob, type Job } from '../kernel/job.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { advanceBacktest } from '../rules/backtest.ts';
import { system } from './system.ts';
import type { JobWork } from './work.ts';

/** A worker that has not moved a run for so long is dead; another one goes on where it stopped. */
const lease = 2 * 60_000;
const attempts = 3;

const claim = (runtime: Runtime): Promise<{ id: string; attempts: number } | undefined> =>
  inUnitOfWork(runtime, system, async (uow) => {
    const [row] = await uow.sql<{ id: string; attempts: number }>(
      `UPDATE backtest SET attempts = attempts + 1, claimed_at = $1 WHERE id = (
         SELECT id FROM backtest WHERE state IN ('queued', 'running') AND (claimed_at IS NULL OR claimed_at <= $2)
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, attempts`,
      [uow.now, new Date(uow.now.getTime() - lease)],
      { name: 'claim a back-test' },
    );
    return row;
  });

/** 历史回测: one run at a time, chunk by chunk; cancelled and resumed through its row. */
export const backtestJob = (work: JobWork): Job =>
  defineJob({
    name: 'backtest',
    every: 60_000,
    run: async (runtime, run) => {
      for (let taken = await claim(runtime); taken && !run.stopping(); taken = await claim(runtime)) {
        const { id, attempts: tried } = taken;
        try {
          const left = await advanceBacktest(runtime, work.reports.registry, id, {
            stopping: run.stopping,
            onProgress: ({ judged, total }) => run.progress(total === 0 ? 1 : Math.min(1, judged / total)),
          });
          // asked to stop: the next worker need not wait for the lease
          if (left.state === 'running') await release(runtime, id);
        } catch (error) {
          const message = (error instanceof Error ? error.message : String(error)).slice(0, 500);
          await inUnitOfWork(runtime, system, async (uow) => {
            await uow.sql(
              `UPDATE backtest SET state = $2, last_error = $3, claimed_at = NULL WHERE id = $1 AND state IN ('queued', 'running')`,
              [id, tried >= attempts ? 'failed' : 'queued', message],
            );
          });
        }
      }
    },
  });

const release = (runtime: Runtime, id: string): Promise<void> =>
  inUnitOfWork(runtime, system, async (uow) => {
    await uow.sql('UPDATE backtest SET claimed_at = NULL WHERE id = $1', [id]);
  });
