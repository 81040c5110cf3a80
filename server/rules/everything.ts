import { newId } from '../kernel/id.ts';
import { inUnitOfWork, type Runtime, ruleItself, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import type { Registry } from '../subjects/registry.ts';
import { isAway, judgeApart, systemActor } from './sweep.ts';

/** A run over every subject: how far it is. It survives the process: `judgeEverything` with its id goes on. */
export interface Run {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  judged: number;
  total: number;
}

interface RunRow extends Run {
  types: string[];
  last_id: string | null;
  rules: number[] | null;
  since: Date | null;
  unit_id: number | null;
}

/** What a run is about, where that is not everything of its types. */
export interface Within {
  /** Ids of the rules that look. */
  rules: readonly number[];
  /** Only subjects with an unmet duty of these rules that was not over before `since`, of this unit and below; null: of all. */
  duties?: { unitId: number | null; since: Date };
}

/** Asks for all subjects of these types (all types unless told) to be judged again: a new rule, a new calendar. */
export async function startRun(
  uow: UnitOfWork,
  registry: Registry,
  reason: string,
  types: readonly string[] = registry.types.map((type) => type.name),
  within?: Within,
): Promise<string> {
  const bounds = [within?.rules ?? null, within?.duties?.since ?? null, within?.duties?.unitId ?? null];
  // one that nobody has begun yet will see this change too
  const [same] = await uow.sql<{ id: string }>(
    `SELECT id FROM judge_run WHERE state = 'queued' AND attempts = 0 AND last_id IS NULL AND judged = 0 AND reason = $1 AND types = $2::text[]
       AND rules IS NOT DISTINCT FROM $3::smallint[] AND since IS NOT DISTINCT FROM $4 AND unit_id IS NOT DISTINCT FROM $5 LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [reason, types, ...bounds],
  );
  if (same) return same.id;
  let total = 0;
  for (const type of types) {
    const [row] = await uow.sql<{ n: number }>(`SELECT count(*) AS n FROM ${quote(registry.get(type).name)}`);
    total += row?.n ?? 0;
  }
  const id = newId(uow.now);
  await uow.sql(
    'INSERT INTO judge_run (id, reason, types, total, created_at, rules, since, unit_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, reason, types, total, uow.now, ...bounds],
  );
  return id;
}

/** Stops a run after its present chunk. */
export async function cancelRun(uow: UnitOfWork, id: string): Promise<void> {
  await uow.sql(
    `UPDATE judge_run SET state = 'cancelled', done_at = $2 WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, uow.now],
  );
}

export interface RunOptions {
  /** Subjects of one transaction. */
  chunk?: number;
  onProgress?: (run: Run) => void | Promise<void>;
  /** Asked between chunks: the run then stays where it is. */
  stopping?: () => boolean;
}

/**
 * Judges every subject of a run in chunks by id, each chunk set-based in a transaction of its own that also moves the
 * run on: a process that dies loses one chunk at most, and the next call resumes. The runtime must settle with the engine.
 */
export async function judgeEverything(
  runtime: Runtime,
  registry: Registry,
  id: string,
  { chunk = 1000, onProgress, stopping }: RunOptions = {},
): Promise<Run> {
  for (;;) {
    const run = await inUnitOfWork(runtime, systemActor, (uow) => oneChunk(uow, registry, id, chunk), {
      as: 'engine',
    }).catch((error: unknown) => {
      if (isAway(error)) throw error;
      return chunkApart(runtime, registry, id, chunk);
    });
    await onProgress?.(run);
    if (run.state !== 'running' || stopping?.()) return run;
  }
}

/** A chunk that cannot be judged as a whole is judged in halves; who cannot be judged is put aside, and the run goes on. */
async function chunkApart(runtime: Runtime, registry: Registry, id: string, chunk: number): Promise<Run> {
  const { run, ids } = await inUnitOfWork(runtime, systemActor, (uow) => nextOf(uow, registry, id, chunk), {
    as: 'engine',
  });
  const [type] = run.types;
  if (type)
    await judgeApart(
      runtime,
      type,
      ids.map((one) => ({ id: one, rules: run.rules })),
    );
  return inUnitOfWork(runtime, systemActor, (uow) => oneChunk(uow, registry, id, chunk, false), { as: 'engine' });
}

/** The run, locked, and whom it judges next. */
async function nextOf(
  uow: UnitOfWork,
  registry: Registry,
  id: string,
  chunk: number,
): Promise<{ run: RunRow; ids: string[] }> {
  const [run] = await uow.sql<RunRow>(
    'SELECT id, state, judged, total, types, last_id, rules::int[] AS rules, since, unit_id FROM judge_run WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!run) throw new Error(`no run ${id}`);
  const [type] = run.types;
  if (type === undefined || run.state === 'done' || run.state === 'cancelled') return { run, ids: [] };
  const bounded = `AND EXISTS (SELECT FROM obligation o WHERE o.subject_id = s.id AND o.rule_id = ANY($2::smallint[])
      AND o.verdict IN (1, 3, 4, 6) AND (o.due_at IS NULL OR o.due_at >= $3)
      AND ($4::int IS NULL OR o.unit_id IN (SELECT u.id FROM unit u WHERE u.path @> ARRAY[$4::int])))`;
  const rows = await uow.sql<{ id: string }>(
    `SELECT id FROM ${quote(registry.get(type).name)} s WHERE ($1::uuid IS NULL OR id > $1) ${run.since ? bounded : ''} ORDER BY id LIMIT ${chunk}`,
    [run.last_id, ...(run.since ? [run.rules, run.since, run.unit_id] : [])],
  );
  return { run, ids: rows.map((row) => row.id) };
}

async function oneChunk(uow: UnitOfWork, registry: Registry, id: string, chunk: number, judge = true): Promise<Run> {
  const { run, ids } = await nextOf(uow, registry, id, chunk);
  if (run.state === 'done' || run.state === 'cancelled') return run;
  const [type, ...later] = run.types;
  const what = run.rules ? { facts: run.rules.map(ruleItself) } : {};
  if (type && judge) uow.changed(ids.map((one) => ({ type, id: one, ...what })));
  const isOver = ids.length < chunk;
  const next: RunRow = {
    ...run,
    state: type === undefined ? 'done' : 'running',
    judged: run.judged + ids.length,
    types: isOver ? later : run.types,
    last_id: isOver ? null : (ids.at(-1) ?? null),
  };
  await uow.sql(
    'UPDATE judge_run SET state = $2, judged = $3, types = $4, last_id = $5, done_at = $6, last_error = NULL WHERE id = $1',
    [id, next.state, next.judged, next.types, next.last_id, next.state === 'done' ? uow.now : null],
  );
  return next;
}
