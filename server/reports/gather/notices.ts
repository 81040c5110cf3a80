import { maskNarrative } from '../../access/masks.ts';
import { facts } from '../../findings/facts.ts';
import { chineseCalendar, dueAt, limitOf } from '../../kernel/calendar.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import type { UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Registry } from '../../subjects/registry.ts';
import type { RectificationNotice } from '../papers/rectification-notice.ts';
import type { NoticedProblem, SupervisionNotice } from '../papers/supervision-notice.ts';
import { alarmNumber } from '../wording.ts';
import { type FindingRow, findingsById, levelText } from './findings.ts';

export interface NoticeParams {
  /** Further findings of the same unit on the same record, told in the same paper. */
  with?: readonly string[] | undefined;
  answerBy?: Date | undefined;
  follows?: string | undefined;
}

/** Days to object (domain.md §2.4) and working days to answer, unless the paper says otherwise. */
const objectionDays = 3;
const answering = limitOf('3wd');

/** The findings of one notice: judged to be issues, of one unit, on one record. @throws Problem 404, 409 */
async function judgedFindings(
  uow: UnitOfWork,
  id: string,
  more: readonly string[],
): Promise<[FindingRow, ...FindingRow[]]> {
  const rows = await findingsById(uow, [id, ...more]);
  const first = rows.find((row) => row.id === id);
  if (!first || rows.length !== new Set([id, ...more]).size) throw notFound();
  for (const row of rows) {
    if (row.verdict !== 'confirmed' && row.verdict !== 'partly')
      throw conflict('report.not-judged', {
        zh: `${row.number}尚未认定成立，不得制发文书`,
        en: `${row.number} is not judged to be an issue: no paper may be issued`,
      });
    if (row.unitId !== first.unitId || row.subjectId !== first.subjectId)
      throw conflict('report.other-matter', {
        zh: '一份文书只能涉及同一单位的同一监督事项',
        en: 'One paper tells one unit of one record',
      });
    if (row.department === 'inspection')
      throw conflict('report.other-department', {
        zh: `${row.number}由督察部门主责，应当使用督察文书`,
        en: `${row.number} belongs to the inspectors, who have papers of their own`,
      });
  }
  return [first, ...rows.filter((row) => row !== first)];
}

function problemOf(row: FindingRow): NoticedProblem {
  return {
    number: row.number,
    level: levelText(row.severity),
    sentence: maskNarrative(row.sentence),
    basis: row.basis,
    officers: row.person ? [{ name: row.person, ...(row.personNumber ? { number: row.personNumber } : {}) }] : [],
  };
}

const doings: Readonly<Record<string, string>> = { item: '处理', shift: '执行', recording: '管理' };

/** 接警单990102000000 20261122 000187号警情 */
function matterOf(registry: Registry, row: FindingRow): string {
  const number = row.subjectNumber ?? '';
  if (row.subjectType === 'alarm') return `接警单${alarmNumber(number)}号警情`;
  return `${number}号${registry.find(row.subjectType)?.label.zh ?? '事项'}`;
}

export async function gatherSupervisionNotice(
  uow: UnitOfWork,
  registry: Registry,
  id: string,
  params: NoticeParams,
): Promise<{ data: SupervisionNotice; unitId: number }> {
  const rows = await judgedFindings(uow, id, params.with ?? []);
  const [first] = rows;
  const data: SupervisionNotice = {
    to: first.unit,
    matter: matterOf(registry, first),
    doing: doings[first.subjectType] ?? '办理',
    problems: rows.map(problemOf),
    answerBy: params.answerBy ?? dueAt(uow.now, answering, chineseCalendar) ?? uow.now,
    objectionDays,
    signers: { handler: uow.actor.name },
  };
  return { data, unitId: first.unitId };
}

const ways = facts.rectifyHow.options ?? {};

export async function gatherRectificationNotice(
  uow: UnitOfWork,
  registry: Registry,
  id: string,
  params: NoticeParams,
): Promise<{ data: RectificationNotice; unitId: number }> {
  const rows = await judgedFindings(uow, id, params.with ?? []);
  const [first] = rows;
  const problems = rows.map((row) => {
    if (!row.rectifyDueAt || !row.rectifyHow?.length)
      throw conflict('report.no-rectification', {
        zh: `${row.number}未确定整改方式和整改期限`,
        en: `${row.number} has no way and date of rectification yet`,
      });
    return {
      ...problemOf(row),
      measure: row.rectifyHow.map((way) => ways[way]?.zh ?? way).join('；'),
      dueAt: row.rectifyDueAt,
    };
  });
  const data: RectificationNotice = {
    to: first.unit,
    matter: matterOf(registry, first),
    doing: doings[first.subjectType] ?? '办理',
    problems,
    ...(params.follows ? { follows: params.follows } : {}),
    signers: { handler: uow.actor.name },
  };
  return { data, unitId: first.unitId };
}
