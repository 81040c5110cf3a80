import type { JobRun } from '../kernel/job.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { system } from './system.ts';

/** A row that this worker holds; `attempts` is the fence: who was given up for dead writes nothing over his successor. */
export interface Claim {
  id: string;
  attempts: number;
}

interface ClaimOptions {
  table: 'backtest' | 'judge_run' | 'import_run';
  /** Further columns that the work asks for. */
  columns: readonly string[];
  /** Milliseconds after which a worker that has not moved its row is dead, and another one goes on. */
  lease: number;
}

const attempts = 3;

/**
 * Works through the rows of a table that wait, one after the other: claimed with FOR UPDATE SKIP LOCKED, given back
 * when the process stops, tried again after a growing pause, failed with its reason after the third try.
 * `work` says 'stopped' where it ended before the end because it was asked to.
 */
export async function workThrough<Row extends Claim>(
  runtime: Runtime,
  run: JobRun,
  options: ClaimOptions,
  work: (row: Row) => Promise<'done' | 'stopped'>,
): Promise<void> {
  // asked before the claim: a row taken at the last moment would wait for its lease
  while (!run.stopping()) {
    const row = await claim<Row>(runtime, options);
    if (!row) return;
    try {
      if ((await work(row)) === 'stopped') await release(runtime, options, row);
    } catch (error) {
      await giveUp(runtime, options, row, error instanceof Error ? error.message : String(error));
    }
  }
}

const claim = <Row extends Claim>(
  runtime: Runtime,
  { table, columns, lease }: ClaimOptions,
): Promise<Row | undefined> =>
  inUnitOfWork(runtime, system, async (uow) => {
    const [row] = await uow.sql<Row>(
      `UPDATE ${table} SET state = 'running', attempts = attempts + 1, claimed_at = $1 WHERE id = (
         SELECT id FROM ${table}
          WHERE state = 'queued' AND (claimed_at IS NULL OR claimed_at + attempts * interval '30 seconds' <= $1)
             OR state = 'running' AND (claimed_at IS NULL OR claimed_at <= $2)
          ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${['id', 'attempts', ...columns].join(', ')}`,
      [uow.now, new Date(uow.now.getTime() - lease)],
      { name: `claim ${table}` },
    );
    return row;
  });

/** Writes to the row as long as this attempt holds it. `set` speaks of $3 and on. */
export const note = (
  runtime: Runtime,
  table: ClaimOptions['table'],
  { id, attempts: held }: Claim,
  set: string,
  values: readonly unknown[],
): Promise<void> =>
  inUnitOfWork(runtime, system, async (uow) => {
    await uow.sql(`UPDATE ${table} SET ${set} WHERE id = $1 AND attempts = $2 AND state = 'running'`, [
      id,
      held,
      ...values,
    ]);
  });

/** No try was lost: the next worker need not wait for the lease, nor does it count against the row. */
const release = (runtime: Runtime, { table }: ClaimOptions, row: Claim): Promise<void> =>
  note(runtime, table, row, `state = 'queued', claimed_at = NULL, attempts = attempts - 1`, []);

const giveUp = (runtime: Runtime, { table }: ClaimOptions, row: Claim, error: string): Promise<void> =>
  note(runtime, table, row, 'state = $3, last_error = $4, claimed_at = $5', [
    row.attempts >= attempts ? 'failed' : 'queued',
    error.slice(0, 500),
    runtime.clock.now(),
  ]);
