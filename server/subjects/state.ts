import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { type Folded, fold } from './fold.ts';
import type { FactValue } from './input.ts';
import { columnsOfFacts, type Registry, type Table, tableOf } from './registry.ts';

type Row = Record<string, FactValue | undefined>;

interface Target {
  type: SubjectType;
  subject: string;
  part: string | null;
  table: Table;
}

/** The rows a batch is about, as they are and as the batch leaves them, facts by name. */
export interface State {
  knows(table: string, id: string, subject?: string): boolean;
  row(table: string, id: string): Row;
  /** As the row was before the batch. */
  before(table: string, id: string): Row;
  set(table: string, id: string, subject: string, facts: Row): void;
  /** The next sequence number of a subject. */
  next(subject: string): number;
}

/**
 * Holds subjects of one type against everybody who would change or judge them. The one order of all who hold several:
 * types as the registry has them (findings last), ids ascending.
 */
export async function holdSubjects(uow: UnitOfWork, type: string, ids: readonly string[]): Promise<void> {
  await uow.sql(`SELECT FROM ${quote(type)} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [ids], {
    name: `settle ${type}`,
  });
}

/** Locks the subjects that exist, in the order of their ids, and reads them with the parts that are named. */
export async function readState(uow: UnitOfWork, registry: Registry, targets: readonly Target[]): Promise<State> {
  const rows = new Map<string, { subject: string; before: Row; now: Row }>();
  const versions = new Map<string, number>();
  for (const type of registry.types) {
    const ids = [...new Set(targets.filter((t) => t.type === type).map((t) => t.subject))].sort();
    if (ids.length === 0) continue;
    const found = await uow.sql<Record<string, unknown>>(
      `SELECT * FROM ${quote(type.name)} WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
      [ids],
      { name: `lock ${type.name}` },
    );
    for (const row of found) {
      const facts = factsOf(tableOf(type), row);
      rows.set(`${type.name} ${String(row.id)}`, { subject: String(row.id), before: facts, now: { ...facts } });
      versions.set(String(row.id), Number(row.version));
    }
  }
  for (const table of new Map(targets.filter((t) => t.part).map((t) => [t.table.name, t.table])).values()) {
    const ids = targets.filter((t) => t.table.name === table.name).flatMap((t) => t.part ?? []);
    const found = await uow.sql<Record<string, unknown>>(
      `SELECT * FROM ${quote(table.name)} WHERE id = ANY($1::uuid[])`,
      [ids],
      { name: `read ${table.name}` },
    );
    for (const row of found) {
      const facts = factsOf(table, row);
      rows.set(`${table.name} ${String(row.id)}`, {
        subject: String(row[table.key]),
        before: facts,
        now: { ...facts },
      });
    }
  }
  return {
    knows: (table, id, subject) => {
      const row = rows.get(`${table} ${id}`);
      return row !== undefined && (subject === undefined || row.subject === subject);
    },
    row: (table, id) => rows.get(`${table} ${id}`)?.now ?? {},
    before: (table, id) => rows.get(`${table} ${id}`)?.before ?? {},
    set: (table, id, subject, facts) => {
      const row = rows.get(`${table} ${id}`) ?? { subject, before: {}, now: {} };
      rows.set(`${table} ${id}`, row);
      Object.assign(row.now, facts);
    },
    next: (subject) => {
      const seq = (versions.get(subject) ?? 0) + 1;
      versions.set(subject, seq);
      return seq;
    },
  };
}

/** A database row's facts by their names; instants as ISO text, as steps hold them. */
export function factsOf(table: Table, row: Record<string, unknown>): Row {
  const facts: Row = {};
  for (const [name, column] of columnsOfFacts(table.facts)) {
    const value = row[column];
    facts[name] = (value instanceof Date ? value.toISOString() : (value ?? null)) as FactValue;
  }
  return facts;
}

/** Recomputes the rows that a correction touches, from the steps that are in force. */
export async function refold(
  uow: UnitOfWork,
  registry: Registry,
  targets: readonly Target[],
  corrected: ReadonlySet<string>,
): Promise<[Table, string, Record<string, FactValue>][]> {
  if (corrected.size === 0) return [];
  const rows = await uow.sql<StoredStep>(
    'SELECT id, subject_type, subject_id, part_id, seq, verb, facts, replaces FROM step WHERE subject_id = ANY($1::uuid[]) ORDER BY subject_id, seq',
    [[...corrected]],
  );
  const wanted = new Set(targets.filter((t) => corrected.has(t.subject)).map((t) => `${t.subject} ${t.part ?? ''}`));
  return [...foldAll(registry, rows)].filter(([key]) => wanted.has(key)).map(([, folded]) => folded);
}

export interface StoredStep {
  id: string;
  subject_type: number;
  subject_id: string;
  part_id: string | null;
  seq: number;
  verb: number;
  facts: Record<string, FactValue>;
  replaces: string | null;
}

/** Folds stored steps into rows, keyed by subject and part: what the state must be, for corrections and the integrity check. */
export function foldAll(
  registry: Registry,
  rows: readonly StoredStep[],
): Map<string, [Table, string, Record<string, FactValue>]> {
  const groups = new Map<string, { table: Table; id: string; steps: Folded[] }>();
  for (const row of rows) {
    const type = registry.coded(row.subject_type);
    const step = Object.values(type.steps).find((one) => one.code === row.verb);
    const key = `${row.subject_id} ${row.part_id ?? ''}`;
    const group = groups.get(key) ?? {
      table: tableOf(type, step?.part ?? null),
      id: row.part_id ?? row.subject_id,
      steps: [],
    };
    groups.set(key, group);
    group.steps.push({ id: row.id, seq: row.seq, part: row.part_id, facts: row.facts, replaces: row.replaces });
  }
  return new Map([...groups].map(([key, { table, id, steps }]) => [key, [table, id, fold(steps)]]));
}
