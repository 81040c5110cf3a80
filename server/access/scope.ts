import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSystem, may, postsOf, reachOf, type Standing } from './actor.ts';
import { policy } from './enforcer.ts';

/** How records of one kind are told to be somebody's: SQL over a row `alias`. Parameters come as `$n`. */
export interface Protected {
  /** Actions are `<type>.<verb>`. */
  type: string;
  table: string;
  /** int[]: the units that answer for the row or took part in it. */
  units(alias: string): string;
  /** boolean: one of those units is in the int[] parameter. Set-based where `units` would be asked row by row. */
  inUnits(alias: string, units: string): string;
  /** boolean: the person (int parameter) made it his own. */
  isOwn(alias: string, person: string): string;
  /** boolean: the person has a part in the matter. */
  isConcerned(alias: string, person: string): string;
  /** text: its state, "'*'" where it has none. */
  state(alias: string): string;
}

/** A condition and its values; the first value is `$<offset + 1>`. */
export interface Condition {
  text: string;
  values: unknown[];
}

/** The rows an actor may do `action` to, as a condition for every list, count, search and export. */
export function scopeFilter(actor: Actor, action: string, on: Protected, alias: string, offset = 0): Condition {
  const reach = reachOf(actor, action);
  const values: unknown[] = [];
  const value = (one: unknown, type: string): string => `$${offset + values.push(one)}::${type}`;
  const ways: string[] = [];
  if (reach.units === 'all') ways.push('true');
  else {
    if (reach.units.length > 0) ways.push(on.inUnits(alias, value(reach.units, 'int[]')));
    if (reach.own && actor.personId !== null) ways.push(on.isOwn(alias, value(actor.personId, 'int')));
  }
  if (ways.length === 0) return { text: 'false', values: [] };
  let text = `(${ways.join(' OR ')})`;
  if (
    actor.personId !== null &&
    !isSystem(actor) &&
    postsOf(actor).some((post) => policy.deniesConcerned(post.role, action))
  ) {
    // under any of his accounts
    for (const account of [actor.personId, ...(actor.accounts ?? [])])
      text = `(${text} AND NOT ${on.isConcerned(alias, value(account, 'int'))})`;
  }
  return { text, values };
}

/** How the actor stands to each of these records, in one statement. Records that are not there are left out. */
export async function standingsOf(
  uow: UnitOfWork,
  actor: Actor,
  on: Protected,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  if (ids.length === 0) return new Map();
  const own = on.isOwn('r', '$2::int');
  const others = actor.accounts ?? [];
  const concerned = ['$2::int', ...others.map((_, i) => `$${i + 3}::int`)]
    .map((account) => on.isConcerned('r', account))
    .join(' OR ');
  // where it is the same question it is asked once: it may go through all that was ever somebody's own
  const rows = await uow.sql<Standing & { id: string }>(
    `SELECT r.id, ${on.units('r')} AS units, o.own AS "isOwn", ${concerned === own ? 'o.own' : `coalesce(${concerned}, false)`} AS "isConcerned",
            coalesce(${on.state('r')}, '*') AS state
       FROM ${on.table} r CROSS JOIN LATERAL (SELECT coalesce(${own}, false) AS own OFFSET 0) o WHERE r.id = ANY ($1::uuid[])`,
    [ids, actor.personId, ...others],
    { name: `standings ${on.type}${others.length > 0 ? ` ${others.length + 1}` : ''}` },
  );
  return new Map(
    rows.map(({ id, ...standing }) => [id, { ...standing, units: standing.units.filter((unit) => unit !== null) }]),
  );
}

/** Which of `actions` the actor may do to each record now. */
export function abilities(
  actor: Actor,
  actions: readonly string[],
  standings: ReadonlyMap<string, Standing>,
): Map<string, string[]> {
  return new Map(
    [...standings].map(([id, standing]) => [id, actions.filter((action) => may(actor, action, standing))]),
  );
}
