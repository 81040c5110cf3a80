import { createHash } from 'node:crypto';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { FactKind } from './define.ts';
import { tableOfStep } from './input.ts';
import type { StepInput } from './planned-step.ts';
import { columnOf, type Registry, type Table } from './registry.ts';

/**
 * Two transactions that write the two ends of a relation (a dispatch of an officer and a recording of his; two stops of
 * one account) must see each other: each would otherwise look before the other has committed, and neither would link
 * nor be judged by what the other wrote. So whoever writes an end first holds what both ends have in common, the person
 * or the value, until it commits; the second then reads what the first has left. Taken before any row is locked.
 *
 * The values are hashed into {@link buckets}: a batch of a thousand rows holds so many locks at most, and two that have
 * nothing in common wait for one another only where their buckets meet.
 */
export async function holdEnds(uow: UnitOfWork, registry: Registry, steps: readonly StepInput[]): Promise<void> {
  const tables = new Map<string, Wanted>();
  for (const { type: name, verb, subject, part, facts = {} } of steps) {
    const type = registry.find(name);
    const step = type?.steps[verb];
    if (!type || !step) continue;
    const table = tableOfStep(type, step);
    const ends = endsOf(registry).get(table.name);
    if (!ends) continue;
    const wanted = tables.get(table.name) ?? { table, ends, rows: new Set(), values: new Set() };
    tables.set(table.name, wanted);
    const row = table.part === null ? subject : part;
    if (row && !(table.part === null ? step.opens : step.adds)) wanted.rows.add(row);
    for (const end of ends)
      for (const value of [facts[end]].flat()) if (value != null) wanted.values.add(String(value));
  }
  const all = [...tables.values()].filter(({ rows, values }) => rows.size + values.size > 0);
  if (all.length === 0) return;
  all.sort((a, b) => (a.table.name < b.table.name ? -1 : 1));
  await uow.sql(textOf(all), [all.flatMap(({ values }) => [...values]), ...all.map(({ rows }) => [...rows])], {
    name: `hold ${hash(all.map(({ table }) => table.name).join(' '))}`,
  });
}

interface Wanted {
  table: Table;
  ends: ReadonlySet<string>;
  rows: Set<string>;
  values: Set<string>;
}

/** PostgreSQL cuts the name of a statement off after 63 bytes. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const buckets = 256;
const bucketOf = (value: string): string => `hashtext(lower(${value})) & ${buckets - 1}`;

/** One statement for all tables, so that the locks are taken in one order. */
function textOf(all: readonly Wanted[]): string {
  const rows = all.flatMap(({ table, ends }, i) =>
    [...ends].map((name) => {
      const fact = table.facts[name]!;
      const column = `t.${quote(columnOf(name, fact))}`;
      const value = fact.kind === 'persons' ? `unnest(${column})` : column;
      return `SELECT ${value}::text FROM ${quote(table.name)} t WHERE t.id = ANY($${i + 2}::uuid[])`;
    }),
  );
  return `SELECT pg_advisory_xact_lock(${locks.relationEnd}, b) FROM (
    SELECT DISTINCT ${bucketOf('v')} AS b FROM (SELECT unnest($1::text[]) AS v UNION ALL ${rows.join(' UNION ALL ')}) e
    WHERE v IS NOT NULL ORDER BY b) held`;
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
    const pair = relation.match.find(([mine]) => held.includes(own.facts[mine]?.kind as FactKind));
    if (!pair) throw new Error(`${own.name}.${name} matches on nothing that a writer can hold`);
    add(own, [pair[0]]);
    add(theirs, [pair[1]]);
  }
  known.set(registry, ends);
  return ends;
}

/** Kinds that are written as text in one way only. */
const held: readonly FactKind[] = ['text', 'choice', 'person', 'unit', 'subject', 'uuid'];
