import { defineJob, type Job } from '../kernel/job.ts';
import { advanceBacktest } from '../rules/backtest.ts';
import { workThrough } from './claims.ts';
import type { JobWork } from './work.ts';

/** 历史回测: one run at a time, chunk by chunk; cancelled and resumed through its row. */
export const backtestJob = (work: JobWork): Job =>
  defineJob({
    name: 'backtest',
    every: 60_000,
    run: (runtime, run) =>
      workThrough(runtime, run, { table: 'backtest', columns: [], lease: 2 * 60_000 }, async ({ id }) => {
        const left = await advanceBacktest(runtime, work.reports.registry, id, {
          stopping: run.stopping,
          onProgress: ({ judged, total }) => run.progress(total === 0 ? 1 : Math.min(1, judged / total)),
        });
        return left.state === 'running' ? 'stopped' : 'done';
      }),
  });
