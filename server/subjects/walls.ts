import { quote } from './ddl.ts';
import type { SubjectType } from './define.ts';
import { columnOf, type Registry, type Table, tableOf } from './registry.ts';

/**
 * Row-level security of one subject type: the second wall behind the scope filter. A request sees the rows of its
 * actor's units and his own, the engine sees all. Printed once into a migration, where it is frozen.
 */
export function createWalls(registry: Registry, type: SubjectType): string {
  const own = tableOf(type);
  const parts = registry.tables(type).filter((table) => table.part !== null);
  const seen = [
    '(SELECT sees_all())',
    `${column(own, type.unit)} = ANY ((SELECT my_units())::int[])`,
    ...type.own.filter((name) => !name.includes('.')).map((name) => mine(own, name, '(SELECT me())')),
  ];
  const reached = parts.flatMap((part) => reachedThrough(type, part));
  const lines: string[] = [];
  if (reached.length > 0) {
    const name = `reached_${type.plural}`;
    lines.push(
      // it looks into the parts past their own wall, which asks this table again
      `CREATE FUNCTION ${name}() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp\n  AS $$ ${reached.join('\n    UNION ALL ')} $$;`,
      ...parts.flatMap((part) =>
        unitFacts(part).map((fact) => `CREATE INDEX ON ${quote(part.name)} (${column(part, fact)});`),
      ),
    );
    seen.push(`id IN (SELECT ${name}())`);
  }
  lines.push(...wall(own, seen.join('\n    OR ')));
  for (const part of parts) {
    lines.push(...wall(part, `(SELECT sees_all()) OR ${quote(part.key)} IN (SELECT s.id FROM ${quote(own.name)} s)`));
  }
  return lines.join('\n');
}

function wall(table: Table, condition: string): string[] {
  const on = quote(table.name);
  return [
    `ALTER TABLE ${on} ENABLE ROW LEVEL SECURITY;`,
    `CREATE POLICY engine ON ${on} TO mingjing_engine USING (true) WITH CHECK (true);`,
    `CREATE POLICY app_reads ON ${on} FOR SELECT TO mingjing_app USING (${condition});`,
    `CREATE POLICY app_adds ON ${on} FOR INSERT TO mingjing_app WITH CHECK (true);`,
    `CREATE POLICY app_changes ON ${on} FOR UPDATE TO mingjing_app USING (${condition}) WITH CHECK (true);`,
  ];
}

/** Subjects that a part makes one's own, or in which one's unit takes part. */
function reachedThrough(type: SubjectType, part: Table): string[] {
  const ways = [
    ...unitFacts(part).map((name) => `${column(part, name)} = ANY (my_units())`),
    ...type.own.flatMap((path) => {
      const [list, name] = path.split('.');
      return name !== undefined && list === part.part ? [mine(part, name, 'me()')] : [];
    }),
  ];
  return ways.map((way) => `SELECT ${quote(part.key)} FROM ${quote(part.name)} WHERE ${way}`);
}

const unitFacts = (table: Table): string[] =>
  Object.entries(table.facts).flatMap(([name, fact]) => (fact.kind === 'unit' ? [name] : []));

const mine = (table: Table, name: string, me: string): string =>
  table.facts[name]?.kind === 'persons' ? `${column(table, name)} @> ARRAY[${me}]` : `${column(table, name)} = ${me}`;

function column(table: Table, name: string): string {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return quote(columnOf(name, fact));
}
