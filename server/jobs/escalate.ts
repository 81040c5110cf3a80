import { defineJob, type Job } from '../kernel/job.ts';
import type { JobWork } from './work.ts';

/** 催办、督办建议: what is over its station's limit. Apart from the sweep, so that neither waits for the other. */
export const escalateJob = (work: JobWork): Job =>
  defineJob({ name: 'escalate', every: 60_000, run: (runtime) => work.escalate(runtime) });
