import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Registry } from '../../subjects/registry.ts';
import type { CaseAudit } from '../papers/case-audit.ts';
import { minuteOf } from '../wording.ts';
import type { CaseFile } from './file.ts';

/** Steps of the case, its alarms and its items that stand, oldest first; a correction says what it replaced. */
export async function stepsOf(
  uow: UnitOfWork,
  registry: Registry,
  file: CaseFile,
  zone: string,
): Promise<CaseAudit['steps']> {
  const names = new Map([
    ...file.alarms.map((each) => [each.id, `警情…${each.number.slice(-6)}`] as const),
    ...file.items.map((each) => [each.id, each.name] as const),
  ]);
  const rows = await uow.sql<{
    subjectId: string;
    type: number;
    verb: number;
    at: Date;
    recordedAt: Date;
    person: string;
    personId: number | null;
    unit: string;
    replacedAt: Date | null;
    reason: string | null;
  }>(
    `SELECT s.subject_id AS "subjectId", s.subject_type AS type, s.verb, s.occurred_at AS at, s.recorded_at AS "recordedAt", s.person_name AS person, s.person_id AS "personId", s.unit_name AS unit,
            o.occurred_at AS "replacedAt", s.reason
       FROM step s LEFT JOIN step o ON o.id = s.replaces
      WHERE s.subject_id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM step n WHERE n.subject_id = s.subject_id AND n.replaces = s.id)
      ORDER BY s.occurred_at, s.subject_id, s.seq`,
    [[file.id, ...names.keys()]],
    { name: 'steps of a file' },
  );
  return rows.map((row) => {
    const label = Object.values(registry.coded(row.type).steps).find((step) => step.code === row.verb)?.label.zh ?? '';
    const of = names.get(row.subjectId);
    return {
      at: row.at,
      text: of ? `${label}（${of}）` : label,
      by: row.personId === null ? { unit: row.unit || '系统' } : { unit: row.unit, name: row.person },
      recordedAt: row.recordedAt,
      ...(row.replacedAt
        ? { corrects: `更正原登记（${minuteOf(row.replacedAt, zone)}），理由：${row.reason ?? ''}` }
        : {}),
    };
  });
}
