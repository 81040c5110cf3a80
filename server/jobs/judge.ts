import { defineJob, type Job } from '../kernel/job.ts';
import { type Claim, note, workThrough } from './claims.ts';
import type { JobWork } from './work.ts';

const claims = { table: 'judge_run', columns: ['total'], lease: 2 * 60_000 } as const;

/** 重新评判: what a changed rule, parameter or feed says of all records, one run after the other, resumed after a crash. */
export const judgeJob = (work: JobWork): Job =>
  defineJob({
    name: 'judge',
    every: 60_000,
    run: async (runtime, run) => {
      const { judgeRun } = work;
      if (!judgeRun) return;
      await workThrough<Claim & { total: number }>(runtime, run, claims, async (row) => {
        await judgeRun(runtime, row.id, {
          stopping: run.stopping,
          progress: async (judged) => {
            await note(runtime, claims.table, row, 'claimed_at = $3', [runtime.clock.now()]);
            await run.progress(row.total > 0 ? Math.min(judged / row.total, 1) : 1);
          },
        });
        // a run that came to its end is no longer ours to give back
        return run.stopping() ? 'stopped' : 'done';
      });
    },
  });
