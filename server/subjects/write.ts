import { createHash } from 'node:crypto';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { FactValue } from './input.ts';
import { columnOf, sqlType, type Table } from './registry.ts';

/** What changes in one row: its key columns when it is new, and facts by column. */
export interface RowChange {
  id: string;
  /** Set for a new row only: the frame's columns (version or the owner's id and seq …). */
  fresh?: Record<string, unknown>;
  /** Frame columns of a row that exists (version, updated_at). */
  frame?: Record<string, unknown>;
  facts: Record<string, FactValue>;
}

const frameTypes: Record<string, string> = {
  version: 'integer',
  created_at: 'timestamptz(3)',
  updated_at: 'timestamptz(3)',
  source_row: 'jsonb',
  seq: 'integer',
};

/** Writes all changed rows of one table in two statements at most: the new ones, then the others. */
export async function writeRows(uow: UnitOfWork, table: Table, rows: readonly RowChange[]): Promise<void> {
  const types = new Map(Object.entries(table.facts).map(([name, fact]) => [columnOf(name, fact), sqlType(fact)]));
  const typeOf = (column: string): string => types.get(column) ?? frameTypes[column] ?? 'uuid';
  const record = (columns: string[]) => columns.map((column) => `${quote(column)} ${typeOf(column)}`).join(', ');

  const fresh = rows.filter((row) => row.fresh).map((row) => ({ id: row.id, ...row.fresh, ...row.facts }));
  if (fresh.length > 0) {
    const columns = columnsOf(fresh);
    const list = columns.map(quote).join(', ');
    await uow.sql(
      `INSERT INTO ${quote(table.name)} (${list}) SELECT ${list} FROM jsonb_to_recordset($1::jsonb) AS x(${record(columns)})`,
      [JSON.stringify(fresh)],
      named('new', table, columns, fresh.length),
    );
  }

  const changed = rows.filter((row) => !row.fresh).map((row) => ({ id: row.id, ...row.frame, ...row.facts }));
  const columns = columnsOf(changed).filter((column) => column !== 'id');
  if (changed.length > 0 && columns.length > 0) {
    // A key that a row does not carry keeps its value; a key with null takes the fact back.
    const sets = columns.map(
      (column) => `${quote(column)} = CASE WHEN r.o ? '${column}' THEN x.${quote(column)} ELSE t.${quote(column)} END`,
    );
    await uow.sql(
      `UPDATE ${quote(table.name)} t SET ${sets.join(', ')}
       FROM jsonb_array_elements($1::jsonb) r(o), jsonb_to_record(r.o) AS x(${record(['id', ...columns])}) WHERE t.id = x.id`,
      [JSON.stringify(changed)],
      named('change', table, columns, changed.length),
    );
  }
}

const names = new Set<string>();
/** Every connection keeps a plan for each. */
const mostNames = 150;

/**
 * A single row is what a form writes, in one of few shapes: planned once, where planning costs more than writing.
 * Batches come in too many shapes to keep.
 */
function named(kind: string, table: Table, columns: readonly string[], rows: number): { name?: string } {
  if (rows > 1) return {};
  const text = `${kind} ${table.name} ${columns.join()}`;
  if (!names.has(text) && names.size >= mostNames) return {};
  names.add(text);
  // a name has 63 bytes; its beginning is for those who look at the server
  return { name: `${kind} ${table.name} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
}

/** In the order of their first appearance: the statement's text is the same for the same kind of batch. */
const columnsOf = (rows: readonly object[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** The columns of the table `step` and their types, in the order they are written. */
export const stepColumns = {
  id: 'uuid',
  subject_type: 'smallint',
  subject_id: 'uuid',
  seq: 'integer',
  verb: 'smallint',
  part_id: 'uuid',
  occurred_at: 'timestamptz(3)',
  recorded_at: 'timestamptz(3)',
  facts: 'jsonb',
  person_id: 'integer',
  person_name: 'text',
  role_name: 'text',
  unit_id: 'integer',
  unit_name: 'text',
  replaces: 'uuid',
  reason: 'text',
  note: 'text',
  source: 'jsonb',
  source_key: 'text',
  salt: 'text',
} as const;

const stepList = Object.keys(stepColumns).join(', ');
const stepRecord = Object.entries(stepColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');

export type StepRow = Record<keyof typeof stepColumns, unknown>;

export async function writeSteps(uow: UnitOfWork, steps: readonly StepRow[]): Promise<void> {
  await uow.sql(
    `INSERT INTO step (${stepList}) SELECT ${stepList} FROM jsonb_to_recordset($1::jsonb) AS x(${stepRecord})`,
    [JSON.stringify(steps)],
    { name: 'write steps' },
  );
}
