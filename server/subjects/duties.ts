import { parseDocument } from 'yaml';
import { mayAnywhere } from '../access/actor.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from './define.ts';
import type { DutyWords, Views } from './views.ts';
import { severities, verdicts } from './vocabulary.ts';

interface Row {
  code: string;
  versionId: number;
  version: number;
  text: string;
  occurrence: string;
  unitId: number | null;
  unit: string | null;
  personId: number | null;
  person: string | null;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  warnAt: Date | null;
  verdict: number;
  severity: number;
  trial: boolean;
}

/** The obligations of a record with their rules' titles, what is due first on top. Rules on trial are the legal office's alone. */
export async function readDuties(uow: UnitOfWork, views: Views, type: SubjectType, id: string) {
  const rows = await uow.sql<Row>(
    `SELECT r.code, v.id AS "versionId", v.version, v.text, o.occurrence, o.unit_id AS "unitId", u.short AS unit, o.person_id AS "personId", p.name AS person,
            o.opened_at AS "openedAt", o.due_at AS "dueAt", o.met_at AS "metAt", o.warn_at AS "warnAt", o.verdict, o.severity, o.trial
       FROM obligation o JOIN rule r ON r.id = o.rule_id JOIN rule_version v ON v.id = o.version_id
       LEFT JOIN unit u ON u.id = o.unit_id LEFT JOIN person p ON p.id = o.person_id
      WHERE o.subject_id = $1 AND o.subject_type = $2 AND (NOT o.trial OR $3)
      ORDER BY o.verdict = 1 DESC, o.due_at NULLS LAST, r.code`,
    [id, type.code, mayAnywhere(uow.actor, 'rule.trial')],
    { name: 'duties' },
  );
  const keys = rows.map((row) => ({
    ruleCode: row.code,
    versionId: row.versionId,
    subjectType: type.name,
    subjectId: id,
    occurrence: row.occurrence,
  }));
  const words = (await views.explainDuties?.(uow, keys)) ?? [];
  return rows.map(({ text, verdict, severity, ...row }, i) => ({
    ...row,
    title: words[i]?.title ?? titleIn(row.versionId, text, row.code),
    sentence: words[i]?.sentence ?? null,
    verdict: verdicts.find((one) => one.number === verdict)?.code ?? String(verdict),
    severity: severities.find((one) => one.number === severity)?.code ?? String(severity),
  }));
}

const titles = new Map<number, DutyWords['title']>();

/** The title as the version's own text has it: a version never changes. */
function titleIn(version: number, text: string, code: string): DutyWords['title'] {
  const known = titles.get(version);
  if (known) return known;
  const title: unknown = parseDocument(text).get('title');
  const read = (
    title && typeof title === 'object' && 'toJSON' in title ? (title as { toJSON(): unknown }).toJSON() : title
  ) as Partial<DutyWords['title']> | undefined;
  const made = { zh: read?.zh ?? code, en: read?.en ?? code };
  titles.set(version, made);
  return made;
}
