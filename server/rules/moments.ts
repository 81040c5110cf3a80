import { addMonths, bureauZone, type Calendar, type Day, endOf, type Limit, localDay } from '../kernel/calendar.ts';

/**
 * `after(t, limit)` and `before(t, limit)`: minutes and hours as elapsed time, the others as local dates that end with
 * the day; nothing rolls. `before(t, wd(n))` is the n-th working day earlier than the date of t.
 */
export function moved(
  at: Date,
  how: 'after' | 'before',
  { n, unit }: Limit,
  calendar: Calendar,
  zone: string = bureauZone,
): Date {
  const sign = how === 'after' ? 1 : -1;
  if (unit === 'm' || unit === 'h') return new Date(at.getTime() + sign * n * (unit === 'm' ? 60_000 : 3_600_000));
  const day = localDay(at, zone);
  return endOf(
    unit === 'mo' ? addMonths(day, sign * n) : unit === 'd' ? day + sign * n : workingDay(day, how, n, calendar),
    zone,
  );
}

function workingDay(day: Day, how: 'after' | 'before', n: number, calendar: Calendar): Day {
  if (how === 'after') return calendar.nth(calendar.ordinal(day) + n);
  return calendar.nth(calendar.ordinal(day) - n + (calendar.working(day) ? 0 : 1));
}

/** When to warn of a due time: days are 24 hours here, so that a warning of one day comes at the same hour. */
export function warnAt(due: Date, limit: Limit, calendar: Calendar, zone?: string): Date {
  return limit.unit === 'd'
    ? new Date(due.getTime() - limit.n * 86_400_000)
    : moved(due, 'before', limit, calendar, zone);
}
