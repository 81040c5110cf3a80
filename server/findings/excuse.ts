import { ruleItself, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Values } from './transition.ts';

const reasons: Readonly<Record<string, string>> = { not_confirmed: '认定问题不成立', false_alarm: '认定误报' };

/**
 * A finding judged 不成立 or 误报, or overturned, excuses its duty; one that is taken up again takes the excuse back. The
 * subject is judged anew before the commit, and the rate moves by itself.
 */
export async function syncExcuse(uow: UnitOfWork, id: string, finding: Values): Promise<void> {
  if (finding.ruleId == null || finding.subjectId == null) return;
  const excused = finding.state === 'dismissed' || finding.state === 'false_alarm';
  const reason = reasons[String(finding.verdict)] ?? '认定问题不成立';
  const rows = excused
    ? await uow.sql(
        `INSERT INTO excuse (rule_id, subject_id, occurrence, finding_id, reason) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (rule_id, subject_id, occurrence) DO UPDATE SET finding_id = excluded.finding_id, reason = excluded.reason, until = NULL, exception_id = NULL, emergency_id = NULL RETURNING 1`,
        [finding.ruleId, finding.subjectId, finding.occurrence, id, reason],
        { name: 'excuse' },
      )
    : await uow.sql(
        // its own alone: an exception that was granted from it goes on excusing other duties until it ends
        'DELETE FROM excuse WHERE rule_id = $1 AND subject_id = $2 AND occurrence = $3 AND finding_id = $4 AND exception_id IS NULL AND emergency_id IS NULL RETURNING 1',
        [finding.ruleId, finding.subjectId, finding.occurrence, id],
        { name: 'unexcuse' },
      );
  if (rows.length > 0)
    uow.changed([
      { type: String(finding.subjectType), id: String(finding.subjectId), facts: [ruleItself(Number(finding.ruleId))] },
    ]);
}
