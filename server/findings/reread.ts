import { shownZone } from '../kernel/calendar.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import type { Values } from './transition.ts';

const verdictWords: Readonly<Record<number, string>> = {
  1: '未到期',
  2: '按期办结',
  3: '逾期办结',
  4: '仍逾期未办',
  5: '核准例外',
  6: '暂无法判定',
};

/** What the engine reads now, as a sentence; null where no rule stands behind the finding. */
export interface Reread {
  sentence: string;
  /** The duty is done by now, late or not. */
  met: boolean;
}

/**
 * 系统复核: reads the duty and the subject's steps again (domain.md §2.10): "系统复核: 财物已于…移交保管". It also says
 * which steps were entered after the finding was raised for a time before it: whether they are true is for the person
 * to see (倒签、补录 are no rectification).
 */
export async function reread(uow: UnitOfWork, registry: Registry, finding: Values): Promise<Reread | null> {
  const type = registry.find(String(finding.subjectType));
  if (!type || finding.subjectId == null || finding.ruleId == null) return null;
  const [duty] = await uow.sql<{ met_at: Date | null; verdict: number }>(
    'SELECT met_at, verdict FROM obligation WHERE rule_id = $1 AND subject_id = $2 AND occurrence = $3',
    [finding.ruleId, finding.subjectId, finding.occurrence],
    { name: 'reread duty' },
  );
  if (!duty) return { sentence: '系统复核：按现有事实，该应办事项已不再发生。', met: true };
  const later = await uow.sql<{ verb: number; occurred_at: Date }>(
    `SELECT s.verb, s.occurred_at FROM step s WHERE s.subject_id = $1 AND s.subject_type = $2 AND s.recorded_at > $3
       AND NOT EXISTS (SELECT FROM step r WHERE r.subject_id = s.subject_id AND r.replaces = s.id) ORDER BY s.seq`,
    [finding.subjectId, type.code, finding.raisedAt],
    { name: 'reread steps' },
  );
  const labelOf = (verb: number): string =>
    Object.values(type.steps).find((step) => step.code === verb)?.label.zh ?? '';
  const done = later
    .filter((step) => duty.met_at?.getTime() === step.occurred_at.getTime())
    .map((step) => labelOf(step.verb))[0];
  const backdated = later.filter((step) => step.occurred_at.getTime() < Date.parse(String(finding.raisedAt)));
  const what = `${type.label.zh}${String(finding.subjectNumber ?? '')}`;
  const state = duty.met_at
    ? `${what}已于${minute(duty.met_at)}${done ? `登记“${done}”` : '办理'}，${verdictWords[duty.verdict] ?? ''}`
    : `${what}${verdictWords[duty.verdict] ?? '未见办理'}`;
  const warning =
    backdated.length > 0
      ? `；问题发现后补录此前时间的环节${backdated.length}条（${[...new Set(backdated.map((step) => labelOf(step.verb)))].join('、')}），请核实是否如实登记`
      : '';
  return { sentence: `系统复核：${state}${warning}。`, met: duty.met_at !== null || duty.verdict === 2 };
}

const format = new Intl.DateTimeFormat('zh-CN', {
  timeZone: shownZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 2026年11月23日16时20分 */
export function minute(at: Date): string {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['year']}年${part['month']}月${part['day']}日${part['hour']}时${part['minute']}分`;
}
