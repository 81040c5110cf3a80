import { newId } from '../kernel/id.ts';
import { inUnitOfWork, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import type { Registry } from '../subjects/registry.ts';
import { systemActor } from './sweep.ts';

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
}

/** Asks for all subjects of these types (all types unless told) to be judged again: a new rule, a new calendar. */
export async function startRun(
  uow: UnitOfWork,
  registry: Registry,
  reason: string,
  types: readonly string[] = registry.types.map((type) => type.name),
): Promise<string> {
  let total = 0;
  for (const type of types) {
    const [row] = await uow.sql<{ n: number }>(`SELECT count(*) AS n FROM ${quote(registry.get(type).name)}`);
    total += row?.n ?? 0;
  }
  const id = newId(uow.now);
  await uow.sql('INSERT INTO judge_run (id, reason, types, total, created_at) VALUES ($1, $2, $3, $4, $5)', [
    id,
    reason,
    types,
    total,
    uow.now,
  ]);
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
    const run = await inUnitOfWork(runtime, systemActor, (uow) => oneChunk(uow, registry, id, chunk), { as: 'engine' });
    await onProgress?.(run);
    if (run.state !== 'running' || stopping?.()) return run;
  }
}

async function oneChunk(uow: UnitOfWork, registry: Registry, id: string, chunk: number): Promise<Run> {
  const [run] = await uow.sql<RunRow>(
    'SELECT id, state, judged, total, types, last_id FROM judge_run WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!run) throw new Error(`no run ${id}`);
  if (run.state === 'done' || run.state === 'cancelled') return run;
  const [type, ...later] = run.types;
  const rows =
    type === undefined
      ? []
      : await uow.sql<{ id: string }>(
          `SELECT id FROM ${quote(registry.get(type).name)} WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT ${chunk}`,
          [run.last_id],
        );
  if (type) uow.changed(rows.map((row) => ({ type, id: row.id })));
  const next: RunRow = {
    ...run,
    state: type === undefined ? 'done' : 'running',
    judged: run.judged + rows.length,
    types: rows.length < chunk ? later : run.types,
    last_id: rows.length < chunk ? null : (rows.at(-1)?.id ?? null),
  };
  await uow.sql(
    'UPDATE judge_run SET state = $2, judged = $3, types = $4, last_id = $5, done_at = $6, last_error = NULL WHERE id = $1',
    [id, next.state, next.judged, next.types, next.last_id, next.state === 'done' ? uow.now : null],
  );
  return next;
}
