import { mayAnywhere } from '../access/actor.ts';
import { containing } from '../kernel/listing.ts';
import { asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Fact, SubjectType } from './define.ts';
import { scopeOf } from './guard.ts';
import { columnOf, type Table, tableOf } from './registry.ts';

/** Conditions that grow, with their values. */
export class Where {
  readonly texts: string[] = [];
  readonly values: unknown[] = [];

  add(text: (value: string) => string, value: unknown): void {
    this.values.push(value);
    this.texts.push(text(`$${this.values.length}`));
  }
}

/** A search shows this many at most, the first in the order asked for: who wants more says more. */
const mostFound = 2000;

/**
 * Ids of the rows within `where` whose searchable facts hold the text: those of the subject, of its parts, and the
 * names of people who made it their own. It looks behind the database's wall, since no index helps a search in front of
 * it; `where` holds the actor's scope, and the list that reads these ids stands before the wall again.
 */
export async function findIds(
  uow: UnitOfWork,
  type: SubjectType,
  text: string,
  where: Where,
  order: string,
): Promise<string[]> {
  const pattern = `$${where.values.length + 1}`;
  const values: unknown[] = [...where.values, containing(text)];
  const branches = branchesOf(uow, type, pattern, values);
  if (branches.length === 0) return [];
  const rows = await asEngine(uow, () =>
    uow.sql<{ id: string }>(
      `SELECT r.id FROM ${quote(type.name)} r WHERE ${where.texts.join(' AND ')} AND r.id IN (${branches.join(' UNION ALL ')})
        ORDER BY ${order} LIMIT ${mostFound}`,
      values,
    ),
  );
  return rows.map(({ id }) => id);
}

/**
 * One select for each searchable column, so that each takes its own index. A masked column is searched in the records
 * alone where the actor sees it in full: what is masked for him must not be found out by asking for it either.
 */
function branchesOf({ actor }: UnitOfWork, type: SubjectType, pattern: string, values: unknown[]): string[] {
  const tables = [tableOf(type), ...Object.keys(type.parts).map((part) => tableOf(type, part))];
  const seen = (fact: Fact, key: string): string | null => {
    if (!fact.mask) return '';
    if (!mayAnywhere(actor, `see.${fact.mask}`)) return null;
    const scope = scopeOf(actor, `see.${fact.mask}`, type, 's', values.length);
    values.push(...scope.values);
    return ` AND f.${quote(key)} IN (SELECT s.id FROM ${quote(type.name)} s WHERE ${scope.text})`;
  };
  const texts = tables.flatMap((table) =>
    Object.entries(table.facts).flatMap(([name, fact]) => {
      const within = fact.search ? seen(fact, table.key) : null;
      return within === null
        ? []
        : [
            `SELECT f.${quote(table.key)} FROM ${quote(table.name)} f WHERE fold_text(f.${column(table, name)}) LIKE ${pattern}${within}`,
          ];
    }),
  );
  const own = tableOf(type);
  const names = type.own
    .filter((name) => own.facts[name]?.kind === 'person')
    .map(
      (name) =>
        `SELECT f.id FROM ${quote(own.name)} f JOIN person h ON h.id = f.${column(own, name)} WHERE fold_text(h.name) LIKE ${pattern} OR fold_text(h.number) LIKE ${pattern}`,
    );
  return [...texts, ...names];
}

function column(table: Table, name: string): string {
  const fact = table.facts[name];
  if (!fact) throw new Error(`${table.name} has no fact ${name}`);
  return quote(columnOf(name, fact));
}
