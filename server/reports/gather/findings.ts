import { severities } from '../../findings/facts.ts';
import { finding as findingType } from '../../findings/finding.ts';
import { states } from '../../findings/states.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { CaseAudit } from '../papers/case-audit.ts';
import type { Basis } from '../wording.ts';
import { wordsOfRule } from './laws.ts';

export interface FindingRow {
  id: string;
  number: string;
  state: string;
  severity: string;
  sentence: string;
  subjectType: string;
  subjectId: string;
  subjectNumber: string | null;
  unitId: number;
  unit: string;
  department: string | null;
  person: string | null;
  personNumber: string | null;
  verdict: string | null;
  rectifyHow: string[] | null;
  rectifyDueAt: Date | null;
  basis: readonly Basis[];
}

const columns = `f.id, f.number, f.state, f.severity, f.sentence, f.subject_type AS "subjectType", f.subject_id AS "subjectId", f.subject_number AS "subjectNumber",
  f.unit_id AS "unitId", u.name AS unit, f.department, p.name AS person, p.number AS "personNumber", f.verdict, f.rectify_how AS "rectifyHow", f.rectify_due_at AS "rectifyDueAt",
  v.id AS "versionId", v.text`;

/** Findings by `where` over f, with what a paper says of them. */
async function read(uow: UnitOfWork, where: string, values: readonly unknown[], name: string): Promise<FindingRow[]> {
  const rows = await uow.sql<FindingRow & { versionId: number | null; text: string | null }>(
    `SELECT ${columns} FROM finding f JOIN unit u ON u.id = f.unit_id LEFT JOIN person p ON p.id = f.person_id LEFT JOIN rule_version v ON v.id = f.version_id
     WHERE ${where} ORDER BY f.raised_at, f.number`,
    values,
    { name },
  );
  return rows.map(({ versionId, text, ...row }) => ({
    ...row,
    basis: versionId !== null && text !== null ? wordsOfRule(versionId, text).basis : [],
  }));
}

export const findingsById = (uow: UnitOfWork, ids: readonly string[]): Promise<FindingRow[]> =>
  read(uow, 'f.id = ANY($1::uuid[])', [ids], 'findings for a paper');
export const findingsOn = (uow: UnitOfWork, subjectIds: readonly string[]): Promise<FindingRow[]> =>
  read(uow, 'f.subject_id = ANY($1::uuid[])', [subjectIds], 'findings on a file');

export const levelText = (severity: string): string => severities[severity as keyof typeof severities]?.[0] ?? severity;
export const stateText = (state: string): string => states[state as keyof typeof states]?.[0] ?? state;

/** Which fact of a step of the loop is its opinion. */
const opinions = [
  'screenOpinion',
  'opinion',
  'signOffOpinion',
  'rectification',
  'recheckOpinion',
  'closeOpinion',
  'reReviewOpinion',
  'returnReason',
  'objection',
  'extensionReason',
  'suspendReason',
  'escalationNote',
  'exceptionReason',
];
const steps = new Map(Object.values(findingType.steps).map((step) => [step.code, step.label.zh]));

function opinionOf(facts: Record<string, unknown>): string | undefined {
  // reasons of health or family stay between the officer, his head and the legal office
  if (facts['explanation'])
    return facts['explanationPrivate'] ? '（涉及个人隐私，不予打印）' : String(facts['explanation']);
  const name = opinions.find((each) => typeof facts[each] === 'string' && facts[each] !== '');
  return name ? String(facts[name]) : undefined;
}

/** The loop of each finding, oldest step first, by finding id; what the system wrote by itself is left out. */
export async function loopsOf(
  uow: UnitOfWork,
  ids: readonly string[],
): Promise<Map<string, CaseAudit['findings'][number]['loop'][number][]>> {
  const rows = await uow.sql<{
    subjectId: string;
    verb: number;
    at: Date;
    facts: Record<string, unknown>;
    person: string;
    unit: string;
    personId: number | null;
  }>(
    `SELECT subject_id AS "subjectId", verb, occurred_at AS at, facts, person_name AS person, unit_name AS unit, person_id AS "personId"
     FROM step WHERE subject_type = $1 AND subject_id = ANY($2::uuid[]) ORDER BY subject_id, seq`,
    [findingType.code, ids],
    { name: 'loops of findings' },
  );
  const loops = new Map<string, CaseAudit['findings'][number]['loop'][number][]>();
  for (const row of rows) {
    const opinion = opinionOf(row.facts);
    const loop = loops.get(row.subjectId) ?? [];
    loop.push({
      at: row.at,
      step: steps.get(row.verb) ?? '',
      by: row.personId === null ? { unit: '系统' } : { unit: row.unit, name: row.person },
      ...(opinion ? { opinion } : {}),
    });
    loops.set(row.subjectId, loop);
  }
  return loops;
}
