import { createHash } from 'node:crypto';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { FactKind } from './define.ts';
import { tableOfStep } from './input.ts';
import type { Planned, StepInput } from './planned-step.ts';
import { columnOf, type Registry, type Table, tableOf } from './registry.ts';
import type { State } from './state.ts';

/**
 * Two transactions that write the two ends of a relation (a dispatch of an officer and a recording of his; two stops of
 * one account) must see each other: each would otherwise look before the other has committed, and neither would link
 * nor be judged by what the other wrote. So whoever writes an end first holds what both ends have in common, the person
 * or the value, until it commits; the second then reads what the first has left. Taken before any row is locked.
 *
 * A step on a part holds what its subject shares too: whoever reads the subject over a relation reads its parts.
 * Whoever writes {@link most} values and more holds all there are, so that no batch fills the table of locks.
 */
export async function holdEnds(uow: UnitOfWork, registry: Registry, steps: readonly StepInput[]): Promise<void> {
  const held = heldBy(uow);
  const tables = new Map<string, Wanted>();
  const want = (table: Table): Wanted | undefined => {
    const ends = endsOf(registry).get(table.name);
    if (!ends) return undefined;
    const wanted = tables.get(table.name) ?? { table, ends, rows: new Set(), values: new Set() };
    tables.set(table.name, wanted);
    return wanted;
  };
  for (const { type: name, verb, subject, part, replaces, facts = {} } of steps) {
    const type = registry.find(name);
    const step = type?.steps[verb];
    if (!type || !step) continue;
    if (subject && (replaces || !step.opens)) want(tableOf(type))?.rows.add(subject);
    const table = tableOfStep(type, step);
    const wanted = want(table);
    if (!wanted) continue;
    if (part && table.part !== null && (replaces || !step.adds)) wanted.rows.add(part);
    for (const end of wanted.ends)
      for (const value of [facts[end]].flat()) if (value != null) wanted.values.add(textOf(value));
  }
  const all = [...tables.values()]
    .map((one) => ({ ...one, rows: without(one.rows, held.rows), values: without(one.values, held.values) }))
    .filter(({ rows, values }) => rows.length + values.length > 0)
    .sort((a, b) => (a.table.name < b.table.name ? -1 : 1));
  if (all.length > 0) await hold(uow, all);
}

/**
 * Between the look at a row and the lock on it somebody may have made it another's: then the new ones are held too.
 * To be asked when the rows are locked.
 */
export async function holdMoved(
  uow: UnitOfWork,
  registry: Registry,
  planned: readonly Planned[],
  state: State,
): Promise<void> {
  const held = heldBy(uow);
  const moved = planned.filter(({ type, table, subject, part }) =>
    [[tableOf(type), subject] as const, ...(part ? [[table, part] as const] : [])].some(([of, id]) => {
      const row = state.before(of.name, id);
      const values = [...(endsOf(registry).get(of.name) ?? [])].flatMap((end) => row[end] ?? []);
      return values.some((value) => !held.values.has(textOf(value)));
    }),
  );
  if (moved.length > 0) await holdAgain(uow, registry, moved);
}

/** Looks at the rows once more: what a correction uncovers may name somebody whom nothing before named. */
export async function holdAgain(uow: UnitOfWork, registry: Registry, planned: readonly Planned[]): Promise<void> {
  const held = heldBy(uow);
  for (const { subject, part } of planned) {
    held.rows.delete(subject);
    if (part) held.rows.delete(part);
  }
  await holdEnds(
    uow,
    registry,
    planned.map(({ input, subject, part }) => ({ ...input, subject, ...(part && { part }) })),
  );
}

interface Wanted {
  table: Table;
  ends: ReadonlySet<string>;
  rows: Set<string>;
  values: Set<string>;
}

interface Held {
  /** Rows whose values were held as they then were. */
  rows: Set<string>;
  values: Set<string>;
}
const heldOf = new WeakMap<object, Held>();
function heldBy(uow: UnitOfWork): Held {
  const held = heldOf.get(uow.em) ?? { rows: new Set(), values: new Set() };
  heldOf.set(uow.em, held);
  return held;
}

/** Upper or lower case is no difference to PostgreSQL in a uuid. */
const textOf = (value: unknown): string => String(value).toLowerCase();
const without = (all: ReadonlySet<string>, known: ReadonlySet<string>): string[] =>
  [...all].filter((one) => !known.has(one));

/** Locks of one transaction; PostgreSQL has room for 64 of each connection (max_locks_per_transaction). */
const most = 500;

async function hold(
  uow: UnitOfWork,
  all: readonly (Omit<Wanted, 'rows' | 'values'> & { rows: string[]; values: string[] })[],
): Promise<void> {
  // one statement for all tables, so that the locks are taken in one order: first the one of all, then by hash
  const rows = all.flatMap(({ table, ends }, i) =>
    [...ends].map((name) => {
      const fact = table.facts[name]!;
      const column = `t.${quote(columnOf(name, fact))}`;
      const value = fact.kind === 'persons' ? `unnest(${column})` : column;
      return `SELECT ${value}::text AS v FROM ${quote(table.name)} t WHERE t.id = ANY($${i + 2}::uuid[])`;
    }),
  );
  const text = `
    WITH wanted AS MATERIALIZED (SELECT v, hashtext(v) AS key FROM (SELECT DISTINCT lower(v) AS v FROM
      (SELECT unnest($1::text[]) AS v UNION ALL ${rows.join(' UNION ALL ')}) said WHERE v IS NOT NULL) one ORDER BY key),
    many AS MATERIALIZED (SELECT count(*) >= ${most} AS many FROM wanted)
    SELECT NULL AS v, CASE WHEN many THEN pg_advisory_xact_lock(${locks.relationEnds}, 0) ELSE pg_advisory_xact_lock_shared(${locks.relationEnds}, 0) END FROM many
    UNION ALL
    SELECT v, CASE WHEN NOT many THEN pg_advisory_xact_lock(${locks.relationEnd}, key) END FROM wanted, many`;
  // PostgreSQL cuts the name of a statement off after 63 bytes
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const told = await uow.sql<{ v: string | null }>(
    text,
    [all.flatMap(({ values }) => values), ...all.map((one) => one.rows)],
    { name: `hold ${name}` },
  );
  const held = heldBy(uow);
  for (const { rows: ids } of all) for (const id of ids) held.rows.add(id);
  for (const { v } of told) if (v !== null) held.values.add(v);
}

const known = new WeakMap<Registry, ReadonlyMap<string, ReadonlySet<string>>>();

/** By table: the facts that a row shares with the other end of one of its relations. */
function endsOf(registry: Registry): ReadonlyMap<string, ReadonlySet<string>> {
  const found = known.get(registry);
  if (found) return found;
  const ends = new Map<string, Set<string>>();
  const add = (table: Table, names: readonly string[]): void => {
    const of = ends.get(table.name) ?? new Set<string>();
    ends.set(table.name, of);
    for (const name of names) of.add(name);
  };
  for (const { own, relation, theirs } of registry.overlaps) {
    add(own, relation.people);
    add(theirs, [relation.theirPerson]);
  }
  for (const { own, name, relation, theirs } of registry.sames) {
    // one pair is enough: rows that match in all match in it
    const pair = relation.match.find(([mine]) => holdable.includes(own.facts[mine]?.kind as FactKind));
    if (!pair) throw new Error(`${own.name}.${name} matches on nothing that a writer can hold`);
    add(own, [pair[0]]);
    add(theirs, [pair[1]]);
  }
  known.set(registry, ends);
  return ends;
}

/** Kinds that are written as text in one way only. */
const holdable: readonly FactKind[] = ['text', 'choice', 'person', 'unit', 'subject', 'uuid'];
