import holidays from './holidays.json' with { type: 'json' };

/** A date without a time: days since 1970-01-01. */
export type Day = number;

/** Which days are worked, and how far that has been published. Days outside are weekdays and weekends, unpublished. */
export interface Calendar {
  /** First and last day of the table; both engines answer outside of it by weekends alone. */
  readonly first: Day;
  readonly last: Day;
  readonly publishedFrom: Day;
  readonly publishedUntil: Day;
  /** Days of the longest run without work in the published years: the worst that an unpublished year may bring. */
  readonly longestRun: number;
  working(day: Day): boolean;
  published(day: Day): boolean;
  /** Working days from `first` up to and including this day; counts on backwards (0, -1, …) before `first`. */
  ordinal(day: Day): number;
  /** The working day that has this ordinal. */
  nth(ordinal: number): Day;
}

/** `off` and `work` by year: 'MM-DD' and 'MM-DD..MM-DD', what differs from the week and what is named as a holiday. */
export type Holidays = Record<string, { off: string; work: string }>;

const msPerDay = 86_400_000;

/** 'YYYY-MM-DD' → day. Throws RangeError for what is no date. */
export function dayOf(text: string): Day {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || dayText(ms / msPerDay) !== text) throw new RangeError(`not a date: ${text}`);
  return ms / msPerDay;
}

/** Day → 'YYYY-MM-DD'. */
export function dayText(day: Day): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** Days from Monday, 0001-01-01, to 1970-01-01: from there on whole weeks are counted, so that nothing is negative. */
const toEpoch = 719_162;

/** Mondays to Fridays since year 1, up to and including this day. */
function weekdaysThrough(day: Day): number {
  const since = day + toEpoch;
  return Math.floor(since / 7) * 5 + Math.min((since % 7) + 1, 5);
}

/** The day that is the `count`-th weekday since year 1. */
function nthWeekday(count: number): Day {
  return Math.floor((count - 1) / 5) * 7 + ((count - 1) % 5) - toEpoch;
}

/** Moves a last day that is not worked to the next working day. */
export function rollForward(day: Day, calendar: Calendar): Day {
  return calendar.working(day) ? day : calendar.nth(calendar.ordinal(day) + 1);
}

/** The `n`-th working day after `day`, which itself is not counted. */
export function addWorkingDays(day: Day, n: number, calendar: Calendar): Day {
  return calendar.nth(calendar.ordinal(day) + n);
}

/**
 * Same day of the month `n` months on, or the month's last day where there is no such day.
 */
export function addMonths(day: Day, n: number): Day {
  const from = new Date(day * msPerDay);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + n];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastOfMonth)) / msPerDay;
}

/**
 * A calendar over `years` (first and last, both included). Years that `published` does not name have weekends alone.
 * The published years must follow each other without a gap.
 */
export function createCalendar(published: Holidays, years: [number, number]): Calendar {
  const first = dayOf(`${years[0]}-01-01`);
  const last = dayOf(`${years[1]}-12-31`);
  const [off, work] = [new Set<Day>(), new Set<Day>()];
  const named = Object.keys(published)
    .map(Number)
    .sort((a, b) => a - b);
  for (const year of named) {
    for (const day of listed(year, published[year]!.off)) off.add(day);
    for (const day of listed(year, published[year]!.work)) work.add(day);
  }
  const publishedFrom = named.length === 0 ? last + 1 : dayOf(`${named[0]}-01-01`);
  const publishedUntil = named.length === 0 ? last : dayOf(`${named.at(-1)}-12-31`);
  if (named.some((year, i) => year !== named[0]! + i))
    throw new RangeError('a year is missing between published years');

  const worked = (day: Day) => work.has(day) || (!off.has(day) && (day + toEpoch) % 7 < 5);
  const days: Day[] = [];
  const ordinals = new Int32Array(last - first + 1);
  let [run, longestRun] = [0, 0];
  for (let day = first; day <= last; day += 1) {
    if (worked(day)) days.push(day);
    ordinals[day - first] = days.length;
    run = worked(day) || day > publishedUntil || day < publishedFrom ? 0 : run + 1;
    longestRun = Math.max(longestRun, run);
  }
  const before = weekdaysThrough(first - 1);
  const beyond = weekdaysThrough(last) - days.length;
  return {
    first,
    last,
    publishedFrom,
    publishedUntil,
    longestRun,
    working: worked,
    published: (day) => day >= publishedFrom && day <= publishedUntil,
    ordinal: (day) =>
      day < first ? weekdaysThrough(day) - before : day > last ? weekdaysThrough(day) - beyond : ordinals[day - first]!,
    nth: (ordinal) =>
      ordinal < 1 ? nthWeekday(ordinal + before) : (days[ordinal - 1] ?? nthWeekday(ordinal + beyond)),
  };
}

function* listed(year: number, text: string): Generator<Day> {
  for (const part of text.split(' ').filter(Boolean)) {
    const [from, until] = part.split('..');
    for (let day = dayOf(`${year}-${from}`); day <= dayOf(`${year}-${until ?? from}`); day += 1) yield day;
  }
}

/** The state's calendar: notices of 2007 to 2026, weekends alone until 2030 (holidays.json, see its licence). */
export const chineseCalendar: Calendar = createCalendar(holidays, [2007, 2030]);
