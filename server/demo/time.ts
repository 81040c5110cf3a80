import { chineseCalendar } from '../kernel/calendar.ts';

/** Local days of the city, as days since 1970-01-01; the zone has had no summer time since 1991. */
export type Day = number;

const msPerDay = 86_400_000;
const offset = 8 * 3_600_000;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const dayOf = (at: Date): Day => Math.floor((at.getTime() + offset) / msPerDay);
/** The first instant of a local day. */
export const startOf = (day: Day): Date => new Date(day * msPerDay - offset);
export const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
/** `HHmm`-like: 8.5 is half past eight. */
export const onDay = (day: Day, hours: number): Date => plus(startOf(day), Math.round(hours * hour));
export const dayText = (day: Day): string => new Date(day * msPerDay).toISOString().slice(0, 10);
export const yearOf = (at: Date): number => Number(dayText(dayOf(at)).slice(0, 4));
export const weekday = (day: Day): number => (day + 4) % 7;
/** The last instant of a local day. */
export const endOf = (day: Day): Date => new Date((day + 1) * msPerDay - offset - 1);

const isWorked = (day: Day): boolean => chineseCalendar.working(day);

/**
 * When a term of days ends, counted on the fingers: the first day is not counted, a last day that is not worked rolls
 * forward. Day by day on purpose: this is what the rules engine is held against.
 */
export function endOfDays(from: Date, days: number): Date {
  let day = dayOf(from) + days;
  while (!isWorked(day)) day += 1;
  return endOf(day);
}

/** The same for working days. */
export function endOfWorkingDays(from: Date, days: number): Date {
  let day = dayOf(from);
  for (let left = days; left > 0; ) {
    day += 1;
    if (isWorked(day)) left -= 1;
  }
  return endOf(day);
}

/** The last instant of the day some months later, counted in the calendar of months; a day that is missing becomes the last. */
export function endOfMonths(from: Date, months: number): Date {
  const [year = 1970, month = 1, date = 1] = dayText(dayOf(from)).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return endOf(Math.floor(Date.UTC(year, month - 1 + months, Math.min(date, last)) / msPerDay));
}

/** The earliest of those there are. */
export const firstOf = (...times: (Date | null | undefined)[]): Date | undefined =>
  times.reduce<Date | undefined>((least, one) => (one && (!least || one < least) ? one : least), undefined);
