import { noOccurrence } from '../kernel/id.ts';
import type { Actor, Runtime } from '../kernel/unit-of-work.ts';
import { inUnitOfWork, ruleItself } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import type { SubjectType } from '../subjects/define.ts';
import type { Registry } from '../subjects/registry.ts';

/** The system itself, in ledger entries and steps of what time alone brought about. */
export const systemActor: Actor = {
  personId: null,
  name: '系统',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: [],
};

export interface Sweep {
  /** Subjects judged. */
  judged: number;
}

const chunk = 200;

/**
 * Judges the subjects whose warning or due time, or the end of whose exception, has passed. The runtime must settle
 * with the engine. Several sweeps may run at once: what another transaction holds is left to it.
 */
export async function sweep(runtime: Runtime, registry: Registry): Promise<Sweep> {
  let judged = 0;
  for (const type of await waitingTypes(runtime, registry)) {
    // by id and never back: what does not come to rest (a rule that this process does not know) stops nobody
    for (let last = noOccurrence, more = true; more; ) {
      const { ids, held } = await inUnitOfWork(
        runtime,
        systemActor,
        async (uow) => {
          const due = await uow.sql<{ id: string; rules: number[] }>(
            // materialized: else the order leads the planner through every obligation there is, to find a few that wait
            `WITH waiting AS MATERIALIZED (SELECT subject_id AS id, rule_id FROM obligation WHERE next_at <= $1 AND subject_type = ${type.code})
             SELECT id, array_agg(DISTINCT rule_id::int) AS rules FROM waiting WHERE id > $2 GROUP BY id ORDER BY id LIMIT ${chunk}`,
            [uow.now, last],
            { name: `due ${type.name}` },
          );
          const held = await uow.sql<{ id: string }>(
            `SELECT id FROM ${quote(type.name)} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
            [due.map(({ id }) => id)],
            { name: `sweep ${type.name}` },
          );
          const rules = new Map(due.map((one) => [one.id, one.rules]));
          uow.changed(held.map(({ id }) => ({ type: type.name, id, facts: (rules.get(id) ?? []).map(ruleItself) })));
          return { ids: due.map(({ id }) => id), held: held.length };
        },
        { as: 'engine' },
      );
      judged += held;
      last = ids.at(-1) ?? last;
      more = ids.length === chunk;
    }
  }
  return { judged };
}

/** Most sweeps find nothing: one look says for which types there is work. */
async function waitingTypes(runtime: Runtime, registry: Registry): Promise<SubjectType[]> {
  const rows = await runtime.database.transaction((tx) =>
    tx.sql<{ subject_type: number }>('SELECT DISTINCT subject_type FROM obligation WHERE next_at <= $1', [
      runtime.clock.now(),
    ]),
  );
  return registry.types.filter((type) => rows.some((row) => row.subject_type === type.code));
}

/** When time alone changes a verdict next; null when nothing is waiting. */
export async function nextSweep(runtime: Runtime): Promise<Date | null> {
  return runtime.database.transaction(async (tx) => {
    const [row] = await tx.sql<{ at: Date | null }>(
      'SELECT min(next_at) AS at FROM obligation WHERE next_at IS NOT NULL',
    );
    return row?.at ?? null;
  });
}
