import { type Day, dayText, type Limit, type LimitUnit, localDay, shownZone } from '../kernel/calendar.ts';
import type { Text } from '../subjects/define.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 2026年11月23日21时10分; the last instant of a day is its 24时, as the law counts. */
export function instantWords(at: Date, zone: string = shownZone): Text {
  const day = dayWords(localDay(at, zone));
  const [hour, minute, second] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .split(':') as [string, string, string];
  if (`${hour}${minute}${second}` === '235959' && at.getUTCMilliseconds() === 999)
    return { zh: `${day.zh}24时`, en: `${day.en} 24:00` };
  const seconds = second === '00' ? '' : second;
  return {
    zh: `${day.zh}${hour}时${minute}分${seconds && `${seconds}秒`}`,
    en: `${day.en} ${hour}:${minute}${seconds && `:${seconds}`}`,
  };
}

export function dayWords(day: Day): Text {
  const [year, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
  return { zh: `${year}年${month}月${date}日`, en: `${date} ${months[month - 1]} ${year}` };
}

/** 10月1日至10月8日, for lists where the year is known. */
export function daysWords(from: Day, to: Day): Text {
  const short = (day: Day): Text => {
    const [, month, date] = dayText(day).split('-').map(Number) as [number, number, number];
    return { zh: `${month}月${date}日`, en: `${date} ${months[month - 1]}` };
  };
  const [a, b] = [short(from), short(to)];
  return from === to ? a : { zh: `${a.zh}至${b.zh}`, en: `${a.en} – ${b.en}` };
}

const units: Readonly<Record<LimitUnit, readonly [zh: string, en: string]>> = {
  m: ['分钟', 'min'],
  h: ['小时', 'h'],
  d: ['日', 'days'],
  wd: ['个工作日', 'working days'],
  mo: ['个月', 'months'],
};

export const limitWords = ({ n, unit }: Limit): Text => ({
  zh: `${n}${units[unit][0]}`,
  en: `${n} ${units[unit][1]}`,
});
