import { mayAnywhere } from '../../access/actor.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { CaseAudit, Verdict } from '../papers/case-audit.ts';
import { wordsOfRule } from './laws.ts';

const verdicts: readonly Verdict[] = ['pending', 'pending', 'met', 'late', 'overdue', 'excused', 'unknown'];

export type GatheredDuty = CaseAudit['duties'][number] & { code: string; subjectId: string; occurrence: string };

/** The obligations of several subjects, in the order in which they opened. Rules on trial are the legal office's alone. */
export async function dutiesOf(uow: UnitOfWork, subjectIds: readonly string[]): Promise<GatheredDuty[]> {
  const rows = await uow.sql<{
    code: string;
    versionId: number;
    text: string;
    subjectId: string;
    occurrence: string;
    unit: string | null;
    person: string | null;
    openedAt: Date;
    dueAt: Date | null;
    metAt: Date | null;
    verdict: number;
    trial: boolean;
  }>(
    `SELECT r.code, v.id AS "versionId", v.text, o.subject_id AS "subjectId", o.occurrence, u.name AS unit, p.name AS person,
            o.opened_at AS "openedAt", o.due_at AS "dueAt", o.met_at AS "metAt", o.verdict, o.trial
       FROM obligation o JOIN rule r ON r.id = o.rule_id JOIN rule_version v ON v.id = o.version_id
       LEFT JOIN unit u ON u.id = o.unit_id LEFT JOIN person p ON p.id = o.person_id
      WHERE o.subject_id = ANY($1::uuid[]) AND (NOT o.trial OR $2) ORDER BY o.opened_at, r.code, o.occurrence`,
    [subjectIds, mayAnywhere(uow.actor, 'rule.trial')],
    { name: 'duties of a file' },
  );
  return rows.map((row) => {
    const words = wordsOfRule(row.versionId, row.text);
    return {
      code: row.code,
      subjectId: row.subjectId,
      occurrence: row.occurrence,
      rule: words.title || row.code,
      owes: { unit: row.unit ?? '—', ...(row.person ? { name: row.person } : {}) },
      openedAt: row.openedAt,
      dueAt: row.dueAt,
      metAt: row.metAt,
      verdict: verdicts[row.verdict] ?? 'unknown',
      basis: words.basis,
      ...(row.trial ? { trial: true } : {}),
    };
  });
}
