import { defineJob, type Job } from '../kernel/job.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { system } from './system.ts';
import type { JobWork } from './work.ts';

/** A worker that has not taken a run up for so long is dead; another one goes on where the rows end. */
const lease = 2 * 60_000;
const attempts = 3;

interface Claimed {
  id: string;
  total: number;
  attempts: number;
}

const claim = (runtime: Runtime): Promise<Claimed | undefined> =>
  inUnitOfWork(runtime, system, async (uow) => {
    const [row] = await uow.sql<Claimed>(
      `UPDATE judge_run SET attempts = attempts + 1, claimed_at = $1 WHERE id = (
         SELECT id FROM judge_run WHERE state IN ('queued', 'running') AND (claimed_at IS NULL OR claimed_at <= $2)
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, total, attempts`,
      [uow.now, new Date(uow.now.getTime() - lease)],
      { name: 'claim a run' },
    );
    return row;
  });

const note = (runtime: Runtime, id: string, set: string, values: readonly unknown[]): Promise<void> =>
  inUnitOfWork(runtime, system, async (uow) => {
    await uow.sql(`UPDATE judge_run SET ${set} WHERE id = $1`, [id, ...values]);
  });

/** 重新评判: what a changed rule, parameter or feed says of all records, one run after the other, resumed after a crash. */
export const judgeJob = (work: JobWork): Job =>
  defineJob({
    name: 'judge',
    every: 60_000,
    run: async (runtime, run) => {
      const { judgeRun } = work;
      if (!judgeRun) return;
      for (let taken = await claim(runtime); taken && !run.stopping(); taken = await claim(runtime)) {
        const { id, total, attempts: tried } = taken;
        try {
          await judgeRun(runtime, id, async (judged) => {
            await note(runtime, id, 'claimed_at = $2', [runtime.clock.now()]);
            await run.progress(total > 0 ? Math.min(judged / total, 1) : 1);
          });
        } catch (error) {
          const message = (error instanceof Error ? error.message : String(error)).slice(0, 500);
          await note(runtime, id, 'state = $2, claimed_at = $3, last_error = $4', [
            tried >= attempts ? 'failed' : 'running',
            runtime.clock.now(),
            message,
          ]);
        }
      }
    },
  });
