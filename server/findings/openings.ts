import type { Step } from '../subjects/define.ts';
import type { FactName } from './transition.ts';

/** What a hit brings along when it becomes a finding. */
const born: readonly FactName[] = [
  'number',
  'origin',
  'rule',
  'ruleId',
  'versionId',
  'ruleVersion',
  'title',
  'titleEn',
  'subjectType',
  'subjectId',
  'subjectNumber',
  'occurrence',
  'unit',
  'person',
  'severity',
  'department',
  'sentence',
  'sentenceEn',
  'snapshot',
  'dutyVerdict',
  'dutyOpenedAt',
  'dutyDueAt',
  'dutyMetAt',
  'selfCorrectUntil',
  'stateAt',
  'dueAt',
];
const asked: readonly FactName[] = ['subjectType', 'subjectId', 'unit', 'severity', 'title', 'sentence'];
/** Raised by a rule, or entered by hand. */
export const openings: Record<string, Step> = {
  raise: {
    code: 1,
    label: { zh: '系统发现', en: 'Raise' },
    opens: true,
    internal: true,
    at: 'raisedAt',
    carries: born,
    sets: { state: 'screening' },
  },
  create: {
    code: 2,
    label: { zh: '人工登记', en: 'Enter by hand' },
    opens: true,
    internal: true,
    at: 'raisedAt',
    requires: asked,
    asks: ['person', 'rule', 'department'],
    carries: born.filter((name) => ![...asked, 'person', 'rule', 'department'].includes(name)),
    sets: { state: 'screening' },
  },
};
