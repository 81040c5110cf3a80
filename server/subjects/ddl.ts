import type { SubjectType } from './define.ts';
import { columnOf, type Registry, sqlType, type Table } from './registry.ts';

/** An identifier as SQL: names come from declarations, `case` and `of` are words of SQL. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The columns of a state table beside its facts. */
const frame = (table: Table): string[] =>
  table.part === null
    ? [
        '"id" uuid PRIMARY KEY',
        '"version" integer NOT NULL',
        '"created_at" timestamptz(3) NOT NULL',
        '"updated_at" timestamptz(3) NOT NULL',
        '"source_row" jsonb',
      ]
    : [
        '"id" uuid PRIMARY KEY',
        `${quote(table.key)} uuid NOT NULL REFERENCES ${quote(table.type.name)}`,
        '"seq" integer NOT NULL',
      ];

/**
 * The DDL of one subject type: the state row, its parts, unique numbers, the indexes behind lists (by unit and date),
 * to-one facts, overlaps and the free-text search. Printed once into a migration, where it is frozen.
 */
export function createTables(registry: Registry, type: SubjectType): string {
  return registry
    .tables(type)
    .map((table) => [createTable(table), ...indexes(registry, table)].join('\n'))
    .join('\n\n');
}

function createTable(table: Table): string {
  const columns = Object.entries(table.facts).map(([name, fact]) => `${quote(columnOf(name, fact))} ${sqlType(fact)}`);
  return `CREATE TABLE ${quote(table.name)} (\n  ${[...frame(table), ...columns].join(',\n  ')}\n);`;
}

function indexes(registry: Registry, table: Table): string[] {
  const on = quote(table.name);
  const col = (name: string) => {
    const fact = table.facts[name];
    if (!fact) throw new Error(`${table.name} has no fact ${name}`);
    return quote(columnOf(name, fact));
  };
  const lines: string[] = [];
  for (const [name, fact] of Object.entries(table.facts)) {
    if (fact.unique) lines.push(`CREATE UNIQUE INDEX ON ${on} (${col(name)});`);
    if (fact.kind === 'subject') lines.push(`CREATE INDEX ON ${on} (${col(name)});`);
    if (fact.search) lines.push(`CREATE INDEX ON ${on} USING gin (${col(name)} gin_trgm_ops);`);
  }
  if (table.part) lines.push(`CREATE INDEX ON ${on} (${quote(table.key)});`);
  else {
    lines.push(
      `CREATE INDEX ON ${on} (${col(table.type.unit)}, ${col(table.type.dated)} DESC);`,
      `CREATE INDEX ON ${on} (${col(table.type.dated)} DESC, id);`,
    );
  }
  for (const own of table.type.own) {
    const [part, name] = own.includes('.') ? own.split('.') : [null, own];
    if (part !== table.part || !name) continue;
    lines.push(
      `CREATE INDEX ON ${on} ${table.facts[name]?.kind === 'persons' ? `USING gin (${col(name)})` : `(${col(name)})`};`,
    );
  }
  for (const { own, relation, theirs } of registry.overlaps) {
    if (own.name === table.name) lines.push(`CREATE INDEX ON ${on} (${col(relation.from)});`);
    if (theirs.name === table.name && relation.code === firstCode(registry, table))
      lines.push(`CREATE INDEX ON ${on} (${col(relation.theirPerson)}, ${col(relation.theirFrom)});`);
  }
  return lines;
}

/** Several relations to one table share its index. */
const firstCode = (registry: Registry, table: Table): number | undefined =>
  registry.overlaps.find((one) => one.theirs.name === table.name)?.relation.code;
