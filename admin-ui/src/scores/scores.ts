import { useQuery } from '@tanstack/react-query';
import { api } from '../providers/http.ts';
import type { Text } from '../words/say.ts';
import { now } from '../words/time.ts';

export interface RuleScore {
  rule: string;
  title: Text | null;
  state: string | null;
  fired: number;
  fired30: number;
  excused: number;
  confirmed: number;
  notConfirmed: number;
  falseAlarms: number;
  overturned: number;
  judged: number;
  precision: number | null;
  medianHours: number | null;
  /** Over all units, whoever looks. */
  overall: { judged: number; precision: number | null };
  belowBudget: boolean;
  proposed: boolean;
}

export interface Budget {
  share: number;
  judged: number;
}

export type ScoreKey =
  | 'fired'
  | 'fired30'
  | 'excused'
  | 'confirmed'
  | 'notConfirmed'
  | 'falseAlarms'
  | 'overturned'
  | 'precision'
  | 'medianHours';

interface Column {
  key: ScoreKey;
  label: Text;
  meaning: Text;
  /** Of the list of issues behind the number. */
  filter?: () => Record<string, unknown>;
}

const thirtyDays = 30 * 86_400_000;

/** The numbers as server/figures/scoreboard.ts counts them; each filter gives just the issues that were counted. */
export const columns: Column[] = [
  {
    key: 'fired30',
    label: { zh: '近30日发现', en: 'Fired in 30 days' },
    meaning: {
      zh: '最近 30 日（720 小时）内由本规则发现的疑似问题',
      en: 'Suspected issues raised in the last 720 hours',
    },
    filter: () => ({ raisedAt_gte: new Date(now().getTime() - thirtyDays).toISOString() }),
  },
  {
    key: 'fired',
    label: { zh: '累计发现', en: 'Fired' },
    meaning: {
      zh: '启用以来由本规则发现的疑似问题，含已合并的',
      en: 'All suspected issues it raised, merged ones included',
    },
    filter: () => ({}),
  },
  {
    key: 'confirmed',
    label: { zh: '成立', en: 'Confirmed' },
    meaning: { zh: '认定（复核）为成立或者部分成立的', en: 'Confirmed or partly confirmed' },
    filter: () => ({ verdict: ['confirmed', 'partly'] }),
  },
  {
    key: 'notConfirmed',
    label: { zh: '不成立', en: 'Not confirmed' },
    meaning: {
      zh: '认定、核查为不成立，以及异议复核撤销的',
      en: 'Not confirmed, at screening or by verdict, or overturned',
    },
    filter: () => ({ state: 'dismissed' }),
  },
  {
    key: 'falseAlarms',
    label: { zh: '误报', en: 'False alarms' },
    meaning: { zh: '因规则或者数据有误而发现的', en: 'Raised by a mistake of the rule or the data' },
    filter: () => ({ state: 'false_alarm' }),
  },
  {
    key: 'overturned',
    label: { zh: '复核撤销', en: 'Overturned' },
    meaning: {
      zh: '提出异议后经复核撤销的，已计入不成立',
      en: 'Overturned on objection; counted among the not confirmed',
    },
    filter: () => ({ reReview: 'overturned' }),
  },
  {
    key: 'precision',
    label: { zh: '准确率', en: 'Precision' },
    meaning: { zh: '成立 ÷（成立 + 不成立 + 误报）', en: 'confirmed ÷ (confirmed + not confirmed + false alarms)' },
  },
  {
    key: 'medianHours',
    label: { zh: '认定用时（小时）', en: 'Hours to judge' },
    meaning: {
      zh: '从发现到首次认定（核查时即排除的，到核查）所用小时数的中位数',
      en: 'Median hours from raising to the first verdict, or to the screening that dismissed it',
    },
  },
  {
    key: 'excused',
    label: { zh: '核准例外', en: 'Excused' },
    meaning: { zh: '本规则的应办事项中，经核准或者认定作为例外的', en: 'Duties of the rule that were excepted' },
  },
];

export const findingsLink = (rule: string, filter: () => Record<string, unknown>): string =>
  `/findings?queue=all&filter=${encodeURIComponent(JSON.stringify({ rule, origin: 'rule', ...filter() }))}`;

export function useBudget(): Budget {
  const { data } = useQuery({ queryKey: ['precision-budget'], queryFn: () => api<Budget>('/precision-budget') });
  return data ?? { share: 0.8, judged: 10 };
}
