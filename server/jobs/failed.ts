import type { Text } from '../kernel/errors.ts';
import { notFound } from '../kernel/errors.ts';
import type { Failure } from '../kernel/job.ts';
import { asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { wakeOnCommit } from '../kernel/wake.ts';
import { reportKindOf } from '../reports/index.ts';

/** Something that jobs gave up on, or keep failing at. */
export interface FailedWork {
  kind: string;
  id: string;
  what: string | Text | null;
  attempts: number;
  lastError: string | null;
  at: Date | null;
}

/** From the rows, which are the record; then runs of jobs that failed as a whole, which name no row. */
export async function failedWork(uow: UnitOfWork, failures: readonly Failure[]): Promise<FailedWork[]> {
  const rows = await uow.sql<FailedWork & { reportKind: string | null }>(
    `SELECT 'report' AS kind, id::text, number AS what, attempts, last_error AS "lastError", coalesce(claimed_at, created_at) AS at, kind AS "reportKind" FROM report WHERE state = 'failed' OR (state = 'queued' AND attempts > 0)
     UNION ALL SELECT 'import', id::text, mapping || ' ' || file, attempts, last_error, coalesce(claimed_at, created_at), NULL FROM import_run WHERE state = 'failed' OR (state = 'queued' AND attempts > 0)
     UNION ALL SELECT 'notice', id::text, NULL, attempts, last_error, at, NULL FROM notice WHERE told_at IS NULL AND attempts > 0
     UNION ALL SELECT 'judge', id::text, reason, attempts, last_error, coalesce(claimed_at, created_at), NULL FROM judge_run WHERE state = 'failed' OR (state = 'queued' AND attempts > 0)
     UNION ALL SELECT 'backtest', id::text, code, attempts, last_error, coalesce(claimed_at, created_at), NULL FROM backtest WHERE state = 'failed' OR (state = 'queued' AND attempts > 0)
     UNION ALL SELECT 'aside', subject_id::text, subject_type, attempts, last_error, at, NULL FROM set_aside
     ORDER BY 6 DESC NULLS LAST LIMIT 500`,
    [],
    { name: 'failed work' },
  );
  const own = rows.map(({ reportKind, ...row }) => ({
    ...row,
    what: `${reportKindOf(reportKind ?? '')?.title.zh ?? ''}${row.what ?? ''}` || null,
  }));
  const runs = failures.map((failure, index) => ({
    kind: failure.job,
    id: `run-${index}`,
    what: null,
    attempts: failure.attempts,
    lastError: failure.error,
    at: failure.at,
  }));
  return [...own, ...runs].sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
}

const queued = (table: string): string =>
  `UPDATE ${table} SET state = 'queued', attempts = 0, claimed_at = NULL WHERE id::text = $1 AND state IN ('failed', 'queued') RETURNING id`;

/** How each kind of failed row is put back, and which job then looks for it. */
const again = new Map<string, { job: string; text: string }>([
  ['report', { job: 'render', text: queued('report') }],
  ['import', { job: 'import', text: queued('import_run') }],
  ['judge', { job: 'judge', text: queued('judge_run') }],
  ['backtest', { job: 'backtest', text: queued('backtest') }],
  [
    'notice',
    { job: 'notify', text: 'UPDATE notice SET attempts = 0 WHERE id::text = $1 AND told_at IS NULL RETURNING id' },
  ],
  ['aside', { job: 'sweep', text: 'UPDATE set_aside SET until = at WHERE subject_id::text = $1 RETURNING subject_id' }],
]);

/**
 * Puts a failed row back into its queue, or wakes a job that failed as a whole and names no row.
 * @throws Problem 404 when there is no such row or job, or it has not failed
 */
export async function retryWork(
  uow: UnitOfWork,
  kind: string,
  id: string,
  failures: readonly Failure[],
): Promise<void> {
  if (id.startsWith('run-')) {
    if (!failures.some(({ job }) => job === kind)) throw notFound();
    uow.log({ action: 'job.retry', objectType: 'job', objectId: kind });
    return wakeOnCommit(uow, kind);
  }
  const row = again.get(kind);
  if (!row || (await asEngine(uow, () => uow.sql(row.text, [id]))).length === 0) throw notFound();
  uow.log({ action: 'job.retry', objectType: kind, objectId: id });
  await wakeOnCommit(uow, row.job);
}
