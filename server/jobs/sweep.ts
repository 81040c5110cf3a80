import { defineJob, type Job } from '../kernel/job.ts';
import type { JobWork } from './work.ts';

/** 期限巡查: twice a minute, so that a due-soon alert is at most half a minute late. */
export const sweepJob = (work: JobWork): Job =>
  defineJob({ name: 'sweep', every: 30_000, run: (runtime, run) => work.sweep(runtime, run) });
