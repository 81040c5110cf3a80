import { join } from 'node:path';
import { escalate } from './findings/escalation.ts';
import { remind } from './findings/reminders.ts';
import { runQueued } from './imports/run.ts';
import { jobList } from './jobs/index.ts';
import { shownZone } from './kernel/calendar.ts';
import type { Config } from './kernel/config.ts';
import { type Jobs, openJobs } from './kernel/job.ts';
import { lineOf } from './kernel/problem.ts';
import type { Runtime } from './kernel/unit-of-work.ts';
import { identityKeyOf } from './organisation/identity.ts';
import { closeAside } from './reports/render-aside.ts';
import { judgeEverything } from './rules/everything.ts';
import { sweep } from './rules/sweep.ts';
import type { Registry } from './subjects/registry.ts';

/** Where a bureau puts fonts of its own. */
export const fontFolderOf = (config: Pick<Config, 'home'>): string => join(config.home, 'fonts');

/**
 * Runs the jobs in this process: beside the server on one machine, or in processes of their own, as many as wanted.
 * The runtime must judge (engine.ts).
 */
export async function startWork(config: Config, runtime: Runtime, registry: Registry): Promise<Jobs> {
  const jobs = await openJobs(
    config,
    runtime,
    jobList({
      reports: { registry, zone: shownZone, demo: config.mode === 'demonstration', fontFolder: fontFolderOf(config) },
      sweep: async (on, { stopping }) => void (await sweep(on, registry, stopping)),
      escalate: async (on) => void (await escalate(on)),
      judgeRun: async (on, run, { progress, stopping }) => {
        await judgeEverything(on, registry, run, { onProgress: ({ judged }) => progress(judged), stopping });
      },
      remind: async (on) => void (await remind(on, registry)),
      importRun: (on, run, told) => runQueued(on, registry, run, { ...told, identityKey: identityKeyOf(config) }),
    }),
    { report: (job, error) => process.stderr.write(`job ${job} failed: ${lineOf(error)}\n`) },
  );
  return {
    ...jobs,
    close: async () => {
      await jobs.close();
      await closeAside();
    },
  };
}
