import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../kernel/id.ts';
import { inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { importer, type Ready } from './batch.ts';
import type { Mapping } from './mapping.ts';
import type { ImportResult } from './run.ts';

/** Opens the row of a run: which file by which mapping, and what the file was. */
export async function beginRun(runtime: Runtime, mapping: Mapping, path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      const id = newId(uow.now);
      await uow.sql(
        `INSERT INTO import_run (id, mapping, file, sha256, state, created_at) VALUES ($1, $2, $3, $4, 'running', $5)`,
        [id, mapping.name, basename(path), hash.digest(), uow.now],
      );
      return id;
    },
    { as: 'engine' },
  );
}

/** The run's row moves on with the rows themselves. */
export async function advance(uow: UnitOfWork, run: string, batch: readonly Ready[], fresh: number): Promise<void> {
  await uow.sql(
    'UPDATE import_run SET position = $2, rows_read = rows_read + $3, rows_in = rows_in + $4 WHERE id = $1',
    [run, batch.at(-1)?.line ?? 0, batch.length, fresh],
    {
      name: 'import advance',
    },
  );
}

/** Closes the row, where the run has one of its own, and tells the ledger. */
export async function endRun(
  runtime: Runtime,
  mapping: Mapping,
  run: string | null,
  result: ImportResult,
  failure: { error: unknown } | null,
): Promise<void> {
  await inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      if (run) await closeRun(uow, run, result, failure);
      const { rows, in: fresh, known, wrong } = result;
      uow.log({
        action: failure ? 'import.fail' : 'import.finish',
        changes: { mapping: mapping.name, file: basename(result.file), rows, in: fresh, known, wrong },
      });
    },
    { as: 'engine' },
  );
}

async function closeRun(
  uow: UnitOfWork,
  run: string,
  result: ImportResult,
  failure: { error: unknown } | null,
): Promise<void> {
  await uow.sql(
    `UPDATE import_run SET state = $2, rows_read = $3, rows_in = $4, rows_wrong = $5, progress = CASE WHEN $2 = 'done' THEN 1 ELSE progress END,
       report = $6, last_error = $7, done_at = $8 WHERE id = $1`,
    [
      run,
      failure ? 'failed' : 'done',
      result.rows,
      result.in,
      result.wrong,
      JSON.stringify(result),
      failure ? String(failure.error) : null,
      uow.now,
    ],
  );
}

/** Leaves a file to the worker: both paths must be readable where that runs. */
export function queueImport(runtime: Runtime, mapping: string, path: string): Promise<void> {
  return inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      await uow.sql(`INSERT INTO import_run (id, mapping, file, state, created_at) VALUES ($1, $2, $3, 'queued', $4)`, [
        newId(uow.now),
        mapping,
        path,
        uow.now,
      ]);
      uow.log({ action: 'import.queue', changes: { mapping: basename(mapping), file: basename(path) } });
    },
    { as: 'engine' },
  );
}
