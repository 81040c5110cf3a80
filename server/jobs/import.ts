import { defineJob, type Job } from '../kernel/job.ts';
import { type Claim, note, workThrough } from './claims.ts';
import type { ImportRun, JobWork } from './work.ts';

const claims = { table: 'import_run', columns: ['mapping', 'file'], lease: 5 * 60_000 } as const;

/** 导入数据: one file at a time, resumed after a crash. */
export const importJob = (work: JobWork): Job =>
  defineJob({
    name: 'import',
    every: 60_000,
    run: async (runtime, run) => {
      const { importRun } = work;
      if (!importRun) return;
      await workThrough<Claim & ImportRun>(runtime, run, claims, async (row) => {
        const done = await importRun(runtime, row, {
          stopping: run.stopping,
          progress: (rows) =>
            note(runtime, claims.table, row, 'position = $3::int, rows_read = $3::int, claimed_at = $4', [
              rows,
              runtime.clock.now(),
            ]),
        });
        if (done.stopped) return 'stopped';
        await note(
          runtime,
          claims.table,
          row,
          `state = 'done', progress = 1, rows_read = $3, rows_in = $4, rows_wrong = $5, last_error = NULL, done_at = $6`,
          [done.rows, done.in, done.wrong, runtime.clock.now()],
        );
        return 'done';
      });
    },
  });
