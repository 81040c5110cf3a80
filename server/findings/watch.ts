import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { recordSteps, type StepAuthor, type StepInput } from '../subjects/record.ts';
import type { Registry } from '../subjects/registry.ts';
import { limitsAt } from './limits.ts';

/** A finding of the same rule in the same unit, just raised. */
export interface Recurrence {
  ruleId: number;
  unitId: number | null;
  number: string;
}

/**
 * 回头看: a closed finding whose follow-up period still runs is taken up again when the same rule is broken in the same
 * unit: what was said to be rectified was not. It goes back to the rectification, with the new finding's number.
 */
export async function reopenWatched(
  uow: UnitOfWork,
  registry: Registry,
  by: StepAuthor,
  raised: readonly Recurrence[],
): Promise<void> {
  if (raised.length === 0) return;
  const rows = await uow.sql<{ id: string; number: string; severity: string; returns: number | null }>(
    `SELECT DISTINCT ON (f.id) f.id, r.number, f.severity, f.returns FROM unnest($1::int[], $2::int[], $3::text[]) AS r (rule, unit, number)
     JOIN finding f ON f.rule_id = r.rule AND f.unit_id = r.unit AND f.state = 'closed' AND f.watch_until >= local_day($4)
     ORDER BY f.id, r.number`,
    [raised.map((one) => one.ruleId), raised.map((one) => one.unitId), raised.map((one) => one.number), uow.now],
    { name: 'watched findings' },
  );
  if (rows.length === 0) return;
  const { rectify } = limitsAt({}, uow.now);
  await recordSteps(
    uow,
    registry,
    rows.map(
      (row): StepInput => ({
        type: 'finding',
        subject: row.id,
        verb: 'reopen',
        occurredAt: uow.now,
        by,
        facts: {
          returnedTo: 'rectifying',
          returnReason: `回头看期内再次发生同类问题：${row.number}`,
          reopenedAt: uow.now,
          returns: Number(row.returns ?? 0) + 1,
          recheckPassed: false,
          state: 'rectifying',
          stateAt: uow.now,
          rectifyDueAt: rectify[row.severity],
          dueAt: rectify[row.severity],
        },
      }),
    ),
  );
}
