import type { Change, UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from './ddl.ts';
import type { Planned } from './planned-step.ts';
import { columnOf, type Registry } from './registry.ts';
import type { State } from './state.ts';

/** A subject that refers to another (an item to its case) makes the other's duties stale, as does taking the reference away. */
export function neighbours(planned: readonly Planned[], state: State): Change[] {
  return planned.flatMap((one) =>
    Object.entries(one.table.facts).flatMap(([name, fact]) => {
      if (fact.kind !== 'subject' || !fact.to) return [];
      const to = fact.to;
      const now = state.row(one.table.name, one.part ?? one.subject)[name];
      const was = state.before(one.table.name, one.part ?? one.subject)[name];
      return [now, was].flatMap((id) => (typeof id === 'string' ? [{ type: to, id }] : []));
    }),
  );
}

/** The other way round: the items of a case that changed, since their rules read the case. */
export async function referrers(uow: UnitOfWork, registry: Registry, planned: readonly Planned[]): Promise<Change[]> {
  const found: Change[] = [];
  for (const type of new Set(planned.map((one) => one.type))) {
    const ids = planned.filter((one) => one.type === type && !one.step.opens).map((one) => one.subject);
    if (ids.length === 0) continue;
    for (const other of registry.types) {
      for (const [name, fact] of Object.entries(other.facts)) {
        if (fact.kind !== 'subject' || fact.to !== type.name) continue;
        const rows = await uow.sql<{ id: string }>(
          `SELECT id FROM ${quote(other.name)} WHERE ${quote(columnOf(name, fact))} = ANY($1::uuid[])`,
          [[...new Set(ids)]],
          { name: `referrers ${other.name} ${name}` },
        );
        found.push(...rows.map(({ id }) => ({ type: other.name, id })));
      }
    }
  }
  return found;
}
