import type { Change, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Same } from './define.ts';
import type { Planned } from './planned-step.ts';
import { columnOf, type Registry, type Related, sqlType, type Table } from './registry.ts';
import type { State } from './state.ts';

/**
 * What these steps change, for those who read it: their facts and, where a part came, its list. Nothing is said where a
 * correction may have let earlier steps speak again.
 */
export function touches(planned: readonly Planned[]): Pick<Change, 'facts'> {
  if (planned.some((one) => one.input.replaces)) return {};
  return {
    facts: [
      ...new Set(
        planned.flatMap((one) => [
          ...Object.keys(one.facts).map((name) => `${one.table.name}.${name}`),
          ...(one.part && one.step.adds ? [`${one.table.name}.id`] : []),
        ]),
      ),
    ],
  };
}

/** A subject that refers to another (an item to its case) makes the other's duties stale, as does taking the reference away. */
export function neighbours(planned: readonly Planned[], state: State): Change[] {
  return planned.flatMap((one) =>
    Object.entries(one.table.facts).flatMap(([name, fact]) => {
      if (fact.kind !== 'subject' || !fact.to) return [];
      const to = fact.to;
      const now = state.row(one.table.name, one.part ?? one.subject)[name];
      const was = state.before(one.table.name, one.part ?? one.subject)[name];
      return [now, was].flatMap((id) => (typeof id === 'string' ? [{ type: to, id, ...touches([one]) }] : []));
    }),
  );
}

/** The other way round: the items of a case that changed, since their rules read the case. */
export async function referrers(uow: UnitOfWork, registry: Registry, planned: readonly Planned[]): Promise<Change[]> {
  const found: Change[] = [];
  for (const type of new Set(planned.map((one) => one.type))) {
    const own = planned.filter((one) => one.type === type && (!one.step.opens || one.input.replaces));
    const ids = own.map((one) => one.subject);
    if (ids.length === 0) continue;
    const what = touches(own);
    for (const other of registry.types) {
      for (const [name, fact] of Object.entries(other.facts)) {
        if (fact.kind !== 'subject' || fact.to !== type.name) continue;
        const rows = await uow.sql<{ id: string }>(
          `SELECT id FROM ${quote(other.name)} WHERE ${quote(columnOf(name, fact))} = ANY($1::uuid[])`,
          [[...new Set(ids)]],
          { name: `referrers ${other.name} ${name}` },
        );
        found.push(...rows.map(({ id }) => ({ type: other.name, id, ...what })));
      }
    }
  }
  return found;
}

/**
 * Whom a changed row matched before and matches now (relation `same`): their rules read it. To be asked when the rows
 * are written; the way back takes the index on their own facts of the pairs.
 */
export async function matched(
  uow: UnitOfWork,
  registry: Registry,
  planned: readonly Planned[],
  state: State,
): Promise<Change[]> {
  const found: Change[] = [];
  for (const related of registry.sames) {
    const { own, name, theirs } = related;
    const ids = new Set(
      planned.flatMap((one) =>
        one.type !== theirs.type
          ? []
          : theirs.part === null
            ? [one.subject]
            : one.table.name === theirs.name
              ? (one.part ?? [])
              : [],
      ),
    );
    if (ids.size === 0) continue;
    const before = [...ids].map((id) => keysOf(related, state.before(theirs.name, id))).filter((keys) => keys !== null);
    const rows = await uow.sql<{ id: string }>(matchText(related), [[...ids], JSON.stringify(before)], {
      name: `matched ${own.name} ${name}`,
    });
    const what = touches(planned.filter((one) => one.type === theirs.type));
    found.push(...rows.map(({ id }) => ({ type: own.type.name, id, ...what })));
  }
  return found;
}

/** The facts by which a row is matched, k1, k2 …; null where one is missing: it matched nothing. */
function keysOf({ relation }: Related<Same>, row: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const values = relation.match.map(([, theirs]) => row[theirs] ?? null);
  return values.includes(null) ? null : Object.fromEntries(values.map((value, i) => [`k${i + 1}`, value]));
}

function matchText({ own, relation, theirs }: Related<Same>): string {
  const column = (table: Table, name: string): string => quote(columnOf(name, table.facts[name]!));
  const pairs = relation.match.map(([mine, other], i) => ({
    mine: `o.${column(own, mine)}`,
    other: `t.${column(theirs, other)}`,
    key: `k${i + 1}`,
    type: sqlType(theirs.facts[other]!),
  }));
  return `SELECT o.${quote(own.key)} AS id FROM ${quote(theirs.name)} t
    JOIN ${quote(own.name)} o ON ${pairs.map(({ mine, other }) => `${mine} = ${other}`).join(' AND ')}
    WHERE t.id = ANY($1::uuid[])${own.name === theirs.name ? ' AND o.id <> t.id' : ''}
    UNION SELECT o.${quote(own.key)} FROM jsonb_to_recordset($2::jsonb) AS was(${pairs.map(({ key, type }) => `${key} ${type}`).join(', ')})
    JOIN ${quote(own.name)} o ON ${pairs.map(({ mine, key }) => `${mine} = was.${key}`).join(' AND ')}`;
}
