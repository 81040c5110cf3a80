import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { Problem } from '../kernel/errors.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { recordSteps, type StepInput } from '../subjects/record.ts';
import type { Registry } from '../subjects/registry.ts';
import { columnsOf, type Mapping, MappingError, plainTargets } from './mapping.ts';
import { writePlain } from './plain.ts';
import { rowReader } from './rows.ts';
import { BadCell, type Directory, type Row } from './values.ts';

export interface ImportResult {
  file: string;
  rows: number;
  /** Rows that went in now. */
  in: number;
  /** Rows that an earlier run had taken already. */
  known: number;
  wrong: number;
  /** Where the wrong rows are, with row, column and reason; null when there are none. */
  errors: string | null;
  dryRun: boolean;
}

export interface ImportOptions {
  dryRun?: boolean;
  /** Error file; `<file>.errors.csv` unless told. */
  errors?: string;
  progress?(rows: number): void;
}

const importer: Actor = { personId: null, name: '数据导入', unitId: null, unitName: '', role: 'system', roles: [] };
const batchSize = 500;

class RolledBack extends Error {}

interface Numbered {
  row: Row;
  line: number;
}

/**
 * Reads a CSV file (also .gz) by a mapping, in batches of one transaction each. Run again after an interruption, or by
 * mistake, it goes on where it was: rows are known by their source key. A row that cannot be read goes to the error
 * file with line, column and reason; the others go in. @throws MappingError for a column that the file does not have
 */
export async function importFile(
  runtime: Runtime,
  registry: Registry,
  mapping: Mapping,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  await stat(path);
  const result: ImportResult = {
    file: path,
    rows: 0,
    in: 0,
    known: 0,
    wrong: 0,
    errors: null,
    dryRun: options.dryRun === true,
  };
  const file = basename(path);
  const errors = options.errors ?? `${path}.errors.csv`;
  const directory = await readDirectory(runtime);
  const isPlain = mapping.target in plainTargets;
  const toSteps = isPlain ? null : rowReader(registry, mapping, file, directory);

  const refuse = async ({ row, line }: Numbered, column: string, reason: string) => {
    if (result.errors === null)
      await writeFile(errors, `\uFEFF行 line,列 column,原因 reason,${Object.keys(row).map(quoted).join(',')}\n`);
    result.errors = errors;
    result.wrong += 1;
    await appendFile(errors, `${line},${[column, reason, ...Object.values(row)].map(quoted).join(',')}\n`);
  };

  /** A batch that is refused is halved until the row is found that spoils it. */
  const write = async (batch: readonly (Numbered & { steps: StepInput[] })[]): Promise<void> => {
    if (batch.length === 0) return;
    try {
      const taken = await inUnitOfWork(
        runtime,
        importer,
        async (uow) => {
          const recorded = isPlain
            ? await writePlain(uow, mapping, batch)
            : new Set(
                (
                  await recordSteps(
                    uow,
                    registry,
                    batch.flatMap(({ steps }) => steps),
                  )
                ).map((one) => one.subject),
              ).size;
          if (options.dryRun) throw Object.assign(new RolledBack(), { recorded });
          return recorded;
        },
        { as: 'engine' },
      );
      result.in += taken;
      result.known += batch.length - taken;
    } catch (error) {
      if (error instanceof RolledBack) {
        const { recorded } = error as RolledBack & { recorded: number };
        result.in += recorded;
        result.known += batch.length - recorded;
      } else if (!(error instanceof Problem) && !(error instanceof BadCell)) throw error;
      else if (batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await write(batch.slice(0, middle));
        await write(batch.slice(middle));
      } else if (batch[0])
        await refuse(
          batch[0],
          error instanceof BadCell ? error.column : (error.fields?.map((field) => field.path).join(' ') ?? ''),
          error instanceof Problem ? `${error.zh} · ${error.en}` : error.message,
        );
    }
  };

  let batch: (Numbered & { steps: StepInput[] })[] = [];
  for await (const one of rowsOf(path, mapping)) {
    result.rows += 1;
    try {
      batch.push({ ...one, steps: toSteps?.(one.row, one.line) ?? [] });
    } catch (error) {
      if (!(error instanceof BadCell)) throw error;
      await refuse(one, error.column, error.message);
    }
    if (batch.length < batchSize) continue;
    await write(batch);
    batch = [];
    options.progress?.(result.rows);
  }
  await write(batch);
  await noteRun(runtime, mapping, file, result);
  return result;
}

async function* rowsOf(path: string, mapping: Mapping): AsyncGenerator<Numbered> {
  const source = createReadStream(path);
  const parser = parse({
    columns: (header: string[]) => checkedHeader(header, mapping, path),
    delimiter: mapping.delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const stream = path.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => parser.destroy(error));
  stream.on('error', (error: Error) => parser.destroy(error));
  for await (const { record, info } of stream.pipe(parser) as AsyncIterable<{ record: Row; info: { lines: number } }>)
    yield { row: record, line: info.lines };
}

function checkedHeader(header: string[], mapping: Mapping, path: string): string[] {
  const missing = columnsOf(mapping).filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new MappingError(
      `${basename(path)}:1:1: 没有列 · there is no column ${missing.join(', ')}; 有 · there are ${header.join(', ')}`,
    );
  return header;
}

/** Formula signs at the start of a cell are disarmed: the file is opened in a spreadsheet. */
const quoted = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const readDirectory = (runtime: Runtime): Promise<Directory> =>
  runtime.database.transaction(async (tx) => ({
    people: new Map(
      (await tx.sql<{ number: string; id: number }>('SELECT number, id FROM person')).map((one) => [
        one.number,
        one.id,
      ]),
    ),
    units: new Map(
      (await tx.sql<{ code: string; id: number }>('SELECT code, id FROM unit')).map((one) => [one.code, one.id]),
    ),
  }));

async function noteRun(runtime: Runtime, mapping: Mapping, file: string, result: ImportResult): Promise<void> {
  if (result.dryRun) return;
  const sha256 = createHash('sha256').update(JSON.stringify(mapping)).digest();
  await inUnitOfWork(
    runtime,
    importer,
    async (uow) => {
      await uow.sql(
        `INSERT INTO import_run (id, mapping, file, sha256, state, position, rows_read, rows_in, rows_wrong, progress, report, created_at, done_at)
       VALUES (gen_random_uuid(), $1, $2, $3, 'done', $4, $4, $5, $6, 1, $7, $8, $8)`,
        [mapping.name, file, sha256, result.rows, result.in, result.wrong, JSON.stringify(result), uow.now],
      );
      uow.log({
        action: 'import.run',
        changes: {
          mapping: mapping.name,
          file,
          rows: result.rows,
          in: result.in,
          known: result.known,
          wrong: result.wrong,
        },
      });
    },
    { as: 'engine' },
  );
}
