import { type Status, status, verdicts } from '../subjects/Status.tsx';
import type { Say, Text } from '../words/say.ts';

export const ruleStates: Record<string, Status> = {
  enacted: status('启用', 'In force', 'good'),
  trial: status('试运行', 'On trial', 'other'),
  draft: status('草稿', 'Draft', 'quiet'),
  repealed: status('停用', 'Repealed', 'quiet'),
};

/** How sure the source is: an article nobody has confirmed says so. */
export const basisStates: Record<string, Status> = {
  confirmed: status('已核对原文', 'Checked against the text', 'good'),
  partly: status('部分核对', 'Partly checked', 'warn'),
  unconfirmed: status('待核对', 'To be checked', 'warn'),
  local: status('地方规定', 'Local rule', 'calm'),
};

const units: Record<string, Text> = {
  m: { zh: '分钟', en: 'min' },
  h: { zh: '小时', en: 'h' },
  d: { zh: '日', en: 'days' },
  wd: { zh: '个工作日', en: 'working days' },
  mo: { zh: '个月', en: 'months' },
};

/** 24 小时, 3 个工作日, 0.9 */
export const amountWords = (amount: number, unit: string | undefined, say: Say): string =>
  unit && units[unit] ? `${amount} ${say(units[unit])}` : unit ? `${amount} ${unit}` : String(amount);

const shortLimits: Record<string, Text> = {
  m: { zh: '分', en: 'min' },
  h: { zh: '小时', en: 'h' },
  d: { zh: '日', en: 'd' },
  wd: { zh: '工作日', en: 'wd' },
  mo: { zh: '月', en: 'mo' },
  s: { zh: '秒', en: 's' },
};
const limitWords = (text: string, say: Say): string =>
  text.replace(
    /(\d+(?:\.\d+)?)(wd|mo|[smhd])/g,
    (_, n: string, unit: string) => `${n} ${shortLimits[unit] ? say(shortLimits[unit]) : unit}`,
  );

/** What an example gives, in words: 按期办结; 逾期办结，超 9 分; 不适用. */
export function givesWords(gives: unknown, say: Say): string {
  if (gives === 'nothing') return say('不适用', 'Does not apply');
  if (typeof gives === 'string') return verdicts[gives] ? say(verdicts[gives].label) : gives;
  if (Array.isArray(gives)) return gives.map((one) => givesWords(one, say)).join(say('、', ', '));
  if (gives && typeof gives === 'object') {
    return Object.entries(gives)
      .map(
        ([verdict, over]) =>
          `${verdicts[verdict] ? say(verdicts[verdict].label) : ''}${typeof over === 'string' && over ? say(`，超 ${limitWords(over, say)}`, `, ${limitWords(over, say)} over`) : ''}`,
      )
      .join(say('、', ', '));
  }
  return '';
}
