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
  const units = '(SELECT my_units())::int[]';
  const seen = [
    '(SELECT sees_all())',
    `${column(own, type.unit)} = ANY (${units})`,
    ...type.own.filter((name) => !name.includes('.')).map((name) => mine(own, name, '(SELECT me())')),
  ];
  const lines: string[] = [];
  if (hasUnitsInParts(type)) {
    lines.push(alsoUnits(type));
    seen.push(`also_units && ${units}`);
  }
  if (ownInParts(type).length > 0) {
    lines.push(ownFunction(type));
    seen.push(`id IN (SELECT ${ownFunctionOf(type)}((SELECT me())))`);
  }
  lines.push(...wall(own, seen));
  for (const part of parts) {
    // the cheap ways first: the list of visible subjects is made only when a row needs it
    const cheap = [
      ...unitFacts(part).map((name) => `${column(part, name)} = ANY (${units})`),
      ...ownInParts(type)
        .filter((one) => one.part.name === part.name)
        .map(({ name }) => mine(part, name, '(SELECT me())')),
    ];
    const visible = `${quote(part.key)} IN (SELECT s.id FROM ${quote(own.name)} s)`;
    lines.push(...wall(part, ['(SELECT sees_all())', ...cheap, visible]));
  }
  return lines.join('\n');
}

/** Whether units take part in a subject beside the one that answers for it: the column `also_units` then lists them. */
export const hasUnitsInParts = (type: SubjectType): boolean =>
  Object.keys(type.parts).some((part) => unitFacts(tableOf(type, part)).length > 0);

/** Facts of parts that make a subject one's own. */
export function ownInParts(type: SubjectType): { part: Table; name: string }[] {
  return type.own.flatMap((path) => {
    const [part = '', name] = path.split('.');
    return name === undefined ? [] : [{ part: tableOf(type, part), name }];
  });
}

/** The function that gives the subjects of a person through their parts. */
export const ownFunctionOf = (type: SubjectType): string => `own_${type.plural}`;

function wall(table: Table, ways: readonly string[]): string[] {
  const on = quote(table.name);
  const condition = ways.join('\n    OR ');
  return [
    `ALTER TABLE ${on} ENABLE ROW LEVEL SECURITY;`,
    `CREATE POLICY engine ON ${on} TO mingjing_engine USING (true) WITH CHECK (true);`,
    `CREATE POLICY app_reads ON ${on} FOR SELECT TO mingjing_app USING (${condition});`,
    `CREATE POLICY app_adds ON ${on} FOR INSERT TO mingjing_app WITH CHECK (true);`,
    `CREATE POLICY app_changes ON ${on} FOR UPDATE TO mingjing_app USING (${condition}) WITH CHECK (true);`,
  ];
}

/** It looks into the parts past their own wall: no index helps an array search in front of one. It tells ids only. */
function ownFunction(type: SubjectType): string {
  const selects = ownInParts(type).map(
    ({ part, name }) => `SELECT ${quote(part.key)} FROM ${quote(part.name)} WHERE ${mine(part, name, 'person')}`,
  );
  return `CREATE FUNCTION ${ownFunctionOf(type)}(person int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ ${selects.join('\n    UNION ALL ')} $$;`;
}

/**
 * Units that take part without answering for the subject (a second station at one alarm) are few: they are kept beside
 * the row by triggers, so that neither wall has to look through all parts.
 */
function alsoUnits(type: SubjectType): string {
  const own = quote(type.name);
  const unit = column(tableOf(type), type.unit);
  const parts = Object.keys(type.parts)
    .map((part) => tableOf(type, part))
    .filter((part) => unitFacts(part).length > 0);
  const given = parts
    .flatMap((part) =>
      unitFacts(part).map(
        (name) => `SELECT ${quote(part.key)} AS id, ${column(part, name)} AS unit FROM ${quote(part.name)}`,
      ),
    )
    .join(' UNION ALL ');
  const refresh = `${type.name}_also_units`;
  return [
    `ALTER TABLE ${own} ADD COLUMN also_units int[];`,
    `CREATE INDEX ON ${own} USING gin (also_units) WHERE also_units IS NOT NULL;`,
    `CREATE FUNCTION ${refresh}(ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE ${own} s SET also_units = x.units
    FROM (SELECT a.id, array_agg(DISTINCT d.unit) FILTER (WHERE d.unit <> a.${unit}) AS units
            FROM ${own} a LEFT JOIN LATERAL (SELECT g.unit FROM (${given}) g WHERE g.id = a.id) d ON true WHERE a.id = ANY (ids) GROUP BY a.id) x
   WHERE s.id = x.id AND s.also_units IS DISTINCT FROM x.units $$;`,
    `REVOKE EXECUTE ON FUNCTION ${refresh}(uuid[]) FROM PUBLIC;`,
    ...parts.flatMap((part) => partTriggers(refresh, part)),
    `CREATE FUNCTION ${refresh}_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM ${refresh}(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_moved AFTER UPDATE ON ${own} FOR EACH ROW WHEN (OLD.${unit} IS DISTINCT FROM NEW.${unit}) EXECUTE FUNCTION ${refresh}_moved();`,
  ].join('\n');
}

function partTriggers(refresh: string, part: Table): string[] {
  const differs = unitFacts(part)
    .map((name) => `c.${column(part, name)} IS DISTINCT FROM g.${column(part, name)}`)
    .join(' OR ');
  const name = `${part.name}_also_units`;
  const key = quote(part.key);
  return [
    `CREATE FUNCTION ${name}_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM ${refresh}(ARRAY(SELECT DISTINCT ${key} FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_added AFTER INSERT ON ${quote(part.name)} REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${name}_added();`,
    `CREATE FUNCTION ${name}_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  ids uuid[] := ARRAY(SELECT DISTINCT c.${key} FROM changed c JOIN gone g ON g.id = c.id WHERE ${differs});
BEGIN
  IF cardinality(ids) > 0 THEN PERFORM ${refresh}(ids); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_changed AFTER UPDATE ON ${quote(part.name)} REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${name}_changed();`,
  ];
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
