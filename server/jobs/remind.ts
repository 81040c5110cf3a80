import { defineJob, type Job } from '../kernel/job.ts';
import type { JobWork } from './work.ts';

/** 临期提醒: levels two and three, every five minutes; level one goes with the sweep. */
export const remindJob = (work: JobWork): Job =>
  defineJob({ name: 'remind', every: 300_000, run: (runtime) => work.remind(runtime) });
