import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import type { IdentityKey } from '../organisation/identity.ts';
import type { Registry } from '../subjects/registry.ts';
import { importer, type Ready, writeBatch } from './batch.ts';
import { ErrorFile } from './error-file.ts';
import { advance, beginRun, endRun } from './import-run.ts';
import type { Mapping } from './mapping.ts';
import { parseMapping } from './parse.ts';
import { plainReader, plainTargets } from './plain.ts';
import { keyOf, rowReader, uniqueCells } from './rows.ts';
import { readTable } from './table.ts';
import { BadCell, type Directory, type Row } from './values.ts';

export interface ImportResult {
  file: string;
  rows: number;
  /** Rows that went in now. */
  in: number;
  /** Rows that an earlier run had taken already, or that told nothing new. */
  known: number;
  wrong: number;
  /** Where the wrong rows are, with row, column and reason; null when there are none. */
  errors: string | null;
  dryRun: boolean;
  /** Asked to stop before the end of the file. */
  stopped: boolean;
}

export interface ImportOptions {
  /** Reads and checks everything and rolls it back; the error file is written all the same. */
  dryRun?: boolean;
  /** Error file; `<file>.errors.csv` unless told. */
  errors?: string;
  /** Rows of one transaction. */
  batch?: number;
  progress?(rows: number): void | Promise<void>;
  /** Asked between batches: what is read by then is in, and the result says that it is not all. */
  stopping?(): boolean;
  /** The row of `import_run` that a job keeps itself; a row of our own unless told. */
  run?: string;
  /** What identity numbers of people are hashed with. */
  identityKey?: IdentityKey;
}

/**
 * Reads a CSV file (also .gz) by a mapping, in batches of one transaction each. Run again after an interruption, or by
 * mistake, it goes on where it was: rows are known by their source key. A row that cannot be read goes to the error
 * file with line, column and reason; the others go in.
 * @throws MappingError for a column that the file does not have; what the file system says of one that cannot be read
 */
export async function importFile(
  runtime: Runtime,
  registry: Registry,
  mapping: Mapping,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  await stat(path);
  const dryRun = options.dryRun === true;
  const errors = new ErrorFile(options.errors ?? `${path}.errors.csv`);
  const size = options.batch ?? 500;
  const result: ImportResult = { file: path, rows: 0, in: 0, known: 0, wrong: 0, errors: null, dryRun, stopped: false };
  const read = await rowsReader(runtime, registry, mapping, basename(path));
  const run = dryRun || options.run ? null : await beginRun(runtime, mapping, path);
  await errors.clear();

  const write = async (batch: readonly Ready[]) => {
    const { fresh, refused } = await writeBatch(runtime, registry, mapping, batch, {
      dryRun,
      identityKey: options.identityKey,
      ...(run && { note: (uow, some) => advance(uow, run, batch, some) }),
    });
    for (const { one, column, reason } of refused) await errors.add(one.line, column, reason, Object.values(one.row));
    result.in += fresh;
    result.known += batch.length - fresh - refused.length;
    await options.progress?.(result.rows);
  };

  const failure = await readAll().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  result.errors = await errors.close();
  result.wrong = errors.count;
  if (!dryRun && !result.stopped) await endRun(runtime, mapping, run, result, failure);
  if (failure) throw failure.error;
  return result;

  /** Reads on while the database is busy with the batch before. */
  async function readAll(): Promise<void> {
    let batch: Ready[] = [];
    let writing = Promise.resolve();
    const hand = async () => {
      await writing;
      writing = write(batch);
      writing.catch(() => {});
      batch = [];
    };
    try {
      for await (const rows of readTable(path, mapping, (columns) => errors.columns(columns))) {
        for (const one of rows) {
          result.rows += 1;
          if ('problem' in one) await errors.add(one.line, one.column, one.problem, one.cells);
          else {
            const told = attempt(() => read(one.row, one.line));
            if (told instanceof BadCell) await errors.add(one.line, told.column, told.message, Object.values(one.row));
            else batch.push({ ...one, told });
          }
          if (batch.length >= size) await hand();
        }
        if (options.stopping?.()) {
          result.stopped = true;
          break;
        }
      }
      await hand();
    } finally {
      await writing;
    }
  }
}

function attempt<T>(work: () => T): T | BadCell {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadCell) return error;
    throw error;
  }
}

/** Reads one row after the other, and tells those apart that the file says twice. */
async function rowsReader(
  runtime: Runtime,
  registry: Registry,
  mapping: Mapping,
  file: string,
): Promise<(row: Row, line: number) => Ready['told']> {
  if (mapping.target in plainTargets) {
    const fields = plainReader(mapping);
    return (row) => ({ fields: fields(row) });
  }
  const steps = rowReader(registry, mapping, file, await readDirectory(runtime), runtime.clock.now());
  const unique = uniqueCells(registry, mapping);
  // some hundred bytes a row: what a file of a million rows costs in memory
  const seen = new Map<string, number>();
  return (row, line) => {
    const { key, isOwn } = keyOf(mapping, row, file, line);
    const same = isOwn ? [{ column: mapping.key.join(' '), value: key }] : [];
    const all = [...same, ...unique(row).filter(({ column }) => column !== mapping.key.join(' '))].map(
      ({ column, value }) => ({ column, id: `${column}\0${value}` }),
    );
    for (const { column, id } of all) {
      const before = seen.get(id);
      if (before !== undefined) throw new BadCell(column, `与第${before}行重复 · the same as in line ${before}`);
    }
    const told = { steps: steps(row, line) };
    for (const { id } of all) seen.set(id, line);
    return told;
  };
}

const readDirectory = (runtime: Runtime): Promise<Directory> =>
  inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      const people = await uow.sql<{ number: string; id: number }>('SELECT number, id FROM person');
      const units = await uow.sql<{ code: string; id: number }>('SELECT code, id FROM unit');
      return {
        people: new Map(people.map((one) => [one.number, one.id])),
        units: new Map(units.map((one) => [one.code, one.id])),
      };
    },
    { as: 'engine' },
  );

/** Runs what `queueImport` left. */
export async function runQueued(
  runtime: Runtime,
  registry: Registry,
  run: { id: string; mapping: string; file: string },
  told: { progress(rows: number): Promise<void>; stopping(): boolean; identityKey?: IdentityKey },
): Promise<ImportResult> {
  const mapping = parseMapping(basename(run.mapping), await readFile(run.mapping, 'utf8'), registry);
  return importFile(runtime, registry, mapping, run.file, { run: run.id, ...told });
}
