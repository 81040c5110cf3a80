import { noOccurrence } from '../kernel/id.ts';
import { mayRetry, problemOf } from '../kernel/problem.ts';
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
  /** Subjects that could not be judged and wait for a person or a better release. */
  aside: number;
}

const chunk = 200;

/**
 * Judges the subjects whose warning or due time, or the end of whose exception, has passed. The runtime must settle
 * with the engine. Several sweeps may run at once: what another transaction holds is left to it. A subject that cannot
 * be judged stops nobody: its chunk is halved until it stands alone, and it is put aside with what went wrong.
 */
export async function sweep(
  runtime: Runtime,
  registry: Registry,
  stopping: () => boolean = () => false,
): Promise<Sweep> {
  const told: Sweep = { judged: 0, aside: 0 };
  const add = ({ judged, aside }: Sweep): void => {
    told.judged += judged;
    told.aside += aside;
  };
  for (const type of await waitingTypes(runtime, registry)) {
    // by id and never back: what does not come to rest (a rule that this process does not know) stops nobody
    for (let last = noOccurrence, more = true; more && !stopping(); ) {
      const due = await runtime.database.transaction((tx) =>
        tx.sql<Due>(
          // materialized: else the order leads the planner through every obligation there is, to find a few that wait
          `WITH waiting AS MATERIALIZED (SELECT subject_id AS id, rule_id FROM obligation WHERE next_at <= $1 AND subject_type = ${type.code})
           SELECT id, array_agg(DISTINCT rule_id::int) AS rules FROM waiting w WHERE id > $2 AND ${notAside} GROUP BY id ORDER BY id LIMIT ${chunk}`,
          [runtime.clock.now(), last],
          { name: `due ${type.name}` },
        ),
      );
      add(await judgeApart(runtime, type.name, due));
      last = due.at(-1)?.id ?? last;
      more = due.length === chunk;
    }
  }
  // whoever was put aside by a run, or is due no more: judged whole, and no longer shown as failed once that works
  for (const { type, ids } of stopping() ? [] : await waitingAside(runtime))
    add(
      await judgeApart(
        runtime,
        type,
        ids.map((id) => ({ id, rules: null })),
      ),
    );
  return told;
}

/** A subject and the rules that shall look at it; null: all of them. */
export interface Due {
  id: string;
  rules: number[] | null;
}

const waitingAside = (runtime: Runtime): Promise<{ type: string; ids: string[] }[]> =>
  runtime.database.transaction((tx) =>
    tx.sql(
      `SELECT subject_type AS type, array_agg(subject_id) AS ids FROM (SELECT * FROM set_aside WHERE until <= $1 ORDER BY until LIMIT ${chunk}) a GROUP BY 1`,
      [runtime.clock.now()],
      { name: 'waiting aside' },
    ),
  );

const notAside = 'NOT EXISTS (SELECT FROM set_aside a WHERE a.subject_id = w.id AND a.until > $1)';

/**
 * Judges subjects of one type in a transaction of their own, and in halves where that fails, until those stand alone
 * that cannot be judged: they are put aside. What another transaction holds is left to it.
 * @throws what says that the database is away: nobody is put aside for that
 */
export async function judgeApart(runtime: Runtime, type: string, due: readonly Due[]): Promise<Sweep> {
  if (due.length === 0) return { judged: 0, aside: 0 };
  const rules = new Map(due.map((one) => [one.id, one.rules]));
  try {
    const judged = await inUnitOfWork(
      runtime,
      systemActor,
      async (uow) => {
        const held = await uow.sql<{ id: string }>(
          `SELECT id FROM ${quote(type)} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
          [[...rules.keys()]],
          { name: `sweep ${type}` },
        );
        const ids = held.map(({ id }) => id);
        uow.changed(ids.map((id) => ({ type, id, ...factsOf(rules.get(id)) })));
        await uow.sql('DELETE FROM set_aside WHERE subject_id = ANY($1::uuid[])', [ids], { name: 'no longer aside' });
        return held.length;
      },
      { as: 'engine' },
    );
    return { judged, aside: 0 };
  } catch (error) {
    if (isAway(error)) throw error;
    const [first] = due;
    if (due.length === 1 && first) {
      await putAside(runtime, type, first.id, error);
      return { judged: 0, aside: 1 };
    }
    const middle = Math.ceil(due.length / 2);
    const before = await judgeApart(runtime, type, due.slice(0, middle));
    const after = await judgeApart(runtime, type, due.slice(middle));
    return { judged: before.judged + after.judged, aside: before.aside + after.aside };
  }
}

const factsOf = (rules: readonly number[] | null | undefined) => (rules ? { facts: rules.map(ruleItself) } : {});

/** The database is full, stopping, or not there: no fault of a record. */
export const isAway = (error: unknown): boolean => problemOf(error)?.status === 503 && !mayRetry(error);

/** Looked at again after a pause that doubles, a day at most; by hand at once (jobs/failed.ts). */
async function putAside(runtime: Runtime, type: string, id: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  await inUnitOfWork(
    runtime,
    systemActor,
    (uow) =>
      uow.sql(
        `INSERT INTO set_aside (subject_id, subject_type, attempts, last_error, at, until) VALUES ($1, $2, 1, $3, $4, $4::timestamptz + interval '1 minute')
         ON CONFLICT (subject_id) DO UPDATE SET attempts = set_aside.attempts + 1, last_error = excluded.last_error, at = excluded.at,
           until = excluded.at + least(interval '1 day', interval '1 minute' * 2 ^ least(set_aside.attempts, 12))`,
        [id, type, message.slice(0, 500), uow.now],
        { name: 'put aside' },
      ),
    { as: 'engine' },
  );
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
