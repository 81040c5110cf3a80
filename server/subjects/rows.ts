import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { scopeOf } from './guard.ts';
import { columnOf, type Registry, type Table, tableOf } from './registry.ts';

export type Row = Record<string, unknown> & { id: string };

/** The columns of a table under the names of their facts. */
export const columnsOf = (table: Table, alias: string): string =>
  Object.entries(table.facts)
    .map(([name, fact]) => `${alias}.${quote(columnOf(name, fact))} AS ${quote(name)}`)
    .join(', ');

/** The columns of a subject's own row, frame included. */
export const recordColumns = (type: SubjectType, alias: string): string =>
  `${alias}.id, ${alias}.version, ${alias}.created_at AS "createdAt", ${alias}.updated_at AS "updatedAt", ${columnsOf(tableOf(type), alias)}`;

/** The parts of these subjects by list name, in the order of their making. */
export async function readParts(uow: UnitOfWork, type: SubjectType, id: string): Promise<Record<string, Row[]>> {
  const parts: Record<string, Row[]> = {};
  for (const name of Object.keys(type.parts)) {
    const table = tableOf(type, name);
    parts[name] = await uow.sql<Row>(
      `SELECT p.id, p.seq, ${columnsOf(table, 'p')} FROM ${quote(table.name)} p WHERE p.${quote(table.key)} = $1 ORDER BY p.seq, p.id`,
      [id],
      { name: `parts ${table.name}` },
    );
  }
  return parts;
}

/** Names to show for ids: `person[12]`, `unit[16]`, `case['0191…']`. */
export type References = Record<string, Record<string, Record<string, unknown>>>;

/** What rows with these facts refer to; a referenced subject out of the actor's scope has no name. */
export async function readReferences(
  uow: UnitOfWork,
  registry: Registry,
  of: readonly { table: Table; row: Row }[],
): Promise<References> {
  const wanted = new Map<string, Set<string | number>>();
  for (const { table, row } of of) {
    for (const [kind, id] of idsIn(table, row)) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(id));
  }
  const references: References = {};
  for (const [kind, ids] of wanted) {
    const rows = await namesOf(uow, registry, kind, [...ids]);
    references[kind] = Object.fromEntries(rows.map(({ id, ...name }) => [String(id), name]));
  }
  return references;
}

/** The references of one row among those of a page. */
export function referencesIn(table: Table, row: Row, all: References): References {
  const own: References = {};
  for (const [kind, id] of idsIn(table, row)) {
    const name = all[kind]?.[String(id)];
    if (name) own[kind] = { ...own[kind], [String(id)]: name };
  }
  return own;
}

function* idsIn(table: Table, row: Row): Generator<[kind: string, id: string | number]> {
  for (const [name, fact] of Object.entries(table.facts)) {
    const value = row[name];
    if (value == null) continue;
    if (fact.kind === 'person' || fact.kind === 'unit') yield [fact.kind, value as number];
    else if (fact.kind === 'persons') for (const id of value as number[]) yield ['person', id];
    else if (fact.kind === 'subject' && fact.to) yield [fact.to, value as string];
  }
}

async function namesOf(uow: UnitOfWork, registry: Registry, kind: string, ids: unknown[]): Promise<Row[]> {
  if (kind === 'person')
    return uow.sql<Row>('SELECT id, name, number, kind FROM person WHERE id = ANY ($1::int[])', [ids], {
      name: 'names of people',
    });
  if (kind === 'unit')
    return uow.sql<Row>('SELECT id, name, short FROM unit WHERE id = ANY ($1::int[])', [ids], {
      name: 'names of units',
    });
  const type = registry.find(kind);
  if (!type) return [];
  const scope = scopeOf(uow.actor, `${kind}.read`, type, 'r', 1);
  const table = tableOf(type);
  const title =
    type.title && type.facts[type.title] && !type.facts[type.title]?.mask
      ? `, r.${quote(columnOf(type.title, type.facts[type.title]!))} AS title`
      : '';
  const number = type.facts[type.number];
  return uow.sql<Row>(
    `SELECT r.id, r.${number ? quote(columnOf(type.number, number)) : 'id'} AS number${title} FROM ${quote(table.name)} r WHERE r.id = ANY ($1::uuid[]) AND ${scope.text}`,
    [ids, ...scope.values],
  );
}
