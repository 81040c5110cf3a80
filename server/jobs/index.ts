import type { Job } from '../kernel/job.ts';
import { backtestJob } from './backtest.ts';
import { beatJob } from './beat.ts';
import { cellsJob } from './cells.ts';
import { escalateJob } from './escalate.ts';
import { importJob } from './import.ts';
import { judgeJob } from './judge.ts';
import { notifyJob } from './notify.ts';
import { precisionJob } from './precision.ts';
import { remindJob } from './remind.ts';
import { renderJob } from './render.ts';
import { sweepJob } from './sweep.ts';
import type { JobWork } from './work.ts';

/** Every job of a worker process. A new one: its file and a line here. */
export const jobList = (work: JobWork): Job[] => [
  beatJob,
  sweepJob(work),
  escalateJob(work),
  remindJob(work),
  notifyJob,
  renderJob(work),
  importJob(work),
  judgeJob(work),
  backtestJob(work),
  cellsJob,
  precisionJob,
];
