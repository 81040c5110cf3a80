import { defineJob, type Job } from '../kernel/job.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { system } from './system.ts';
import type { ImportRun, JobWork } from './work.ts';

/** A worker that has not moved an import for so long is dead; another one goes on where the rows end. */
const lease = 5 * 60_000;
const attempts = 3;

const claim = (runtime: Runtime): Promise<(ImportRun & { attempts: number }) | undefined> =>
  inUnitOfWork(runtime, system, async (uow) => {
    const [row] = await uow.sql<ImportRun & { attempts: number }>(
      `UPDATE import_run SET state = 'running', attempts = attempts + 1, claimed_at = $1 WHERE id = (
         SELECT id FROM import_run WHERE state = 'queued' AND (claimed_at IS NULL OR claimed_at + attempts * interval '30 seconds' <= $1) OR state = 'running' AND claimed_at <= $2
         ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, mapping, file, attempts`,
      [uow.now, new Date(uow.now.getTime() - lease)],
      { name: 'claim an import' },
    );
    return row;
  });

/** Writes to the row as long as this attempt holds it. */
const note = (
  runtime: Runtime,
  taken: { id: string; attempts: number },
  set: string,
  values: readonly unknown[],
): Promise<void> =>
  inUnitOfWork(runtime, system, async (uow) => {
    await uow.sql(`UPDATE import_run SET ${set} WHERE id = $1 AND attempts = $2 AND state = 'running'`, [
      taken.id,
      taken.attempts,
      ...values,
    ]);
  });

/** 导入数据: one file at a time, resumed after a crash. */
export const importJob = (work: JobWork): Job =>
  defineJob({
    name: 'import',
    every: 60_000,
    run: async (runtime, run) => {
      const { importRun } = work;
      if (!importRun) return;
      for (let taken = await claim(runtime); taken && !run.stopping(); taken = await claim(runtime)) {
        const held = taken;
        try {
          const done = await importRun(runtime, held, (rows) =>
            note(runtime, held, 'position = $3::int, rows_read = $3::int, claimed_at = $4', [
              rows,
              runtime.clock.now(),
            ]),
          );
          await note(
            runtime,
            held,
            `state = 'done', progress = 1, rows_read = $3, rows_in = $4, rows_wrong = $5, last_error = NULL, done_at = $6`,
            [done.rows, done.in, done.wrong, runtime.clock.now()],
          );
        } catch (error) {
          const message = (error instanceof Error ? error.message : String(error)).slice(0, 500);
          await note(runtime, held, 'state = $3, last_error = $4', [
            held.attempts >= attempts ? 'failed' : 'queued',
            message,
          ]);
        }
      }
    },
  });
