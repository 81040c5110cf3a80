import { percentOf } from '../kernel/percent.ts';
import type { Advice, Counts, Difference } from './backtest-read.ts';

/** Suspected issues of all that was owed: more would bury those who have to look at them (domain.md §3.2 d). */
const budget = 0.08;
/** More unknown than this, and the numbers say more about the data than about the work. */
const mostUnknown = 0.2;

const signed = (n: number): string => `${n > 0 ? '+' : n < 0 ? '−' : '±'}${Math.abs(n).toLocaleString('en-US')}`;
const percent = (share: number): string => percentOf(share);

/** What the numbers speak for, in one line. It decides nothing: the legal office does. */
export function adviceOn(tried: Counts, inForce: Counts | null, difference: Difference | null): Advice {
  const broken = tried.late + tried.overdue;
  const owed = broken + tried.met;
  const share = owed === 0 ? 0 : broken / owed;
  if (tried.opened === 0)
    return { level: 'none', text: { zh: '期间内没有适用的事项，无法评估', en: 'Nothing applied in this period' } };
  if (tried.unknown / tried.opened > mostUnknown) {
    const of = percent(tried.unknown / tried.opened);
    return {
      level: 'data',
      text: { zh: `${of} 暂无法判定，建议先补齐数据`, en: `${of} cannot be judged: mend the data first` },
    };
  }
  const much = share > budget;
  if (!inForce || !difference) {
    const n = broken.toLocaleString('en-US');
    const level = much ? 'no' : share > budget / 2 ? 'trial' : 'yes';
    return {
      level,
      text: {
        zh: `疑似问题 ${n} 项，占应办 ${percent(share)}，${words[level].zh}`,
        en: `${n} suspected issues, ${percent(share)} of what was owed: ${words[level].en}`,
      },
    };
  }
  if (difference.newly === 0 && difference.gone === 0)
    return { level: 'same', text: { zh: '与现行规则的结果一致', en: 'The same as what is in force' } };
  const more = difference.newly - difference.gone;
  const before = inForce.late + inForce.overdue;
  // a rule that floods already is not made worse by one that brings less
  const level = much && more > 0 ? 'no' : more > Math.max(20, before / 2) ? 'trial' : 'yes';
  return {
    level,
    text: { zh: `${signed(more)} 项，${words[level].zh}`, en: `${signed(more)} suspected issues: ${words[level].en}` },
  };
}

const words = {
  yes: { zh: '可以启用', en: 'it may be enacted' },
  trial: { zh: '建议先试运行', en: 'try it first' },
  no: { zh: '建议不启用', en: 'better not enact it' },
} as const;
