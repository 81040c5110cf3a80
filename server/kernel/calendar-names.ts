import type { Calendar, Day } from './calendar-days.ts';
import type { Text } from './errors.ts';

const msPerDay = 86_400_000;
const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });

const festivals: readonly { of: (solar: string, moon: string) => boolean; name: Text }[] = [
  { of: (solar) => solar === '01-01', name: { zh: '元旦', en: "New Year's Day" } },
  { of: (_, moon) => moon === '1/1', name: { zh: '春节', en: 'Spring Festival' } },
  { of: (solar) => solar === '04-04' || solar === '04-05', name: { zh: '清明节', en: 'Qingming' } },
  { of: (solar) => solar === '05-01', name: { zh: '劳动节', en: 'Labour Day' } },
  { of: (_, moon) => moon === '5/5', name: { zh: '端午节', en: 'Dragon Boat Festival' } },
  { of: (solar) => solar === '2015-09-03', name: { zh: '抗战胜利七十周年纪念日', en: 'Victory Day' } },
  { of: (_, moon) => moon === '8/15', name: { zh: '中秋节', en: 'Mid-Autumn Festival' } },
  { of: (solar) => solar === '10-01', name: { zh: '国庆节', en: 'National Day' } },
];

/** Days in a row that are not worked, and why. */
export interface DaysOff {
  from: Day;
  to: Day;
  why: Text;
}

/** The stretches without work between two days, both included, each with the festivals it holds or as a weekend. */
export function daysOff(from: Day, to: Day, calendar: Calendar): DaysOff[] {
  const found: DaysOff[] = [];
  for (let day = from; day <= to; day += 1) {
    if (calendar.working(day)) continue;
    const last = found.at(-1);
    if (last && last.to === day - 1) last.to = day;
    else found.push({ from: day, to: day, why: { zh: '', en: '' } });
  }
  return found.map((run) => ({ ...run, why: why(run, calendar) }));
}

/** 调休: weekend days between the two that are worked. */
export function madeUp(from: Day, to: Day, calendar: Calendar): Day[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).filter(
    (day) => weekend(day) && calendar.working(day),
  );
}

function why(run: { from: Day; to: Day }, calendar: Calendar): Text {
  // a stretch may be cut off by the days asked about: its festival stands in the whole of it
  let [from, to] = [run.from, run.to];
  while (!calendar.working(from - 1) && run.from - from < 14) from -= 1;
  while (!calendar.working(to + 1) && to - run.to < 14) to += 1;
  const days = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const holds = days.some((day) => !weekend(day));
  const names = holds
    ? festivals.filter(({ of }) => days.some((day) => of(...datesOf(day)) || of(yearly(day), '')))
    : [];
  if (names.length > 0)
    return { zh: names.map(({ name }) => name.zh).join('、'), en: names.map(({ name }) => name.en).join(', ') };
  if (holds) return { zh: '法定节假日', en: 'public holiday' };
  return run.from === run.to ? weekdays[weekdayOf(run.from)]! : { zh: '周六、周日', en: 'weekend' };
}

const datesOf = (day: Day): [solar: string, moon: string] => [
  new Date(day * msPerDay).toISOString().slice(5, 10),
  lunar.format(day * msPerDay),
];
const yearly = (day: Day): string => new Date(day * msPerDay).toISOString().slice(0, 10);

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7;
const weekend = (day: Day): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6;

export const weekdays: readonly Text[] = [
  { zh: '周日', en: 'Sunday' },
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
];
