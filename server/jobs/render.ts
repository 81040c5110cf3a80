import { defineJob, type Job } from '../kernel/job.ts';
import { renderWaiting } from '../reports/render.ts';
import type { JobWork } from './work.ts';

/** 生成文书: woken by each order; every minute it looks for papers that a dead worker left. */
export const renderJob = (work: JobWork): Job =>
  defineJob({
    name: 'render',
    every: 60_000,
    run: async (runtime, run) => void (await renderWaiting(runtime, work.reports, run.stopping)),
  });
