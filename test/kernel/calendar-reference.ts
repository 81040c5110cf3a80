import { DateTime } from 'luxon';
import type { Calendar, DueOptions, Limit } from '../../server/kernel/calendar.ts';
import { dayOf } from '../../server/kernel/calendar.ts';

/**
 * The same law, slowly: dates as words, one day after another, luxon for the zone. Nothing of the calendar is used
 * but whether a day is worked.
 */
export function slowDue(opened: Date, limit: Limit, calendar: Calendar, options: DueOptions = {}): Date | null {
  const zone = options.zone ?? 'Asia/Shanghai';
  const day = (at: Date) => DateTime.fromJSDate(at, { zone }).toISODate()!;
  const next = (text: string, days = 1) => DateTime.fromISO(text, { zone: 'utc' }).plus({ days }).toISODate()!;
  const worked = (text: string) => calendar.working(dayOf(text));
  const endOfDay = (text: string) => new Date(DateTime.fromISO(next(text), { zone }).startOf('day').toMillis() - 1);
  const workdays = (text: string, n: number) => {
    let [reached, left] = [text, n];
    while (left > 0) {
      reached = next(reached);
      if (worked(reached)) left -= 1;
    }
    return reached;
  };

  const elapsed = limit.unit === 'h' || limit.unit === 'm';
  let instant = opened.getTime() + limit.n * (limit.unit === 'h' ? 3_600_000 : 60_000);
  let last = day(opened);
  if (limit.unit === 'd') last = next(last, limit.n);
  if (limit.unit === 'wd') last = workdays(last, limit.n);
  if (limit.unit === 'mo') last = DateTime.fromISO(last, { zone: 'utc' }).plus({ months: limit.n }).toISODate()!;

  for (const pause of union(options.pauses ?? [])) {
    const due = elapsed ? instant : endOfDay(last).getTime();
    const from = Math.max(pause.from, opened.getTime());
    if (from > due) break;
    if (pause.to === Number.POSITIVE_INFINITY) return null;
    if (pause.to <= from) continue;
    if (elapsed) instant += pause.to - from;
    else {
      const until = day(new Date(pause.to));
      for (let passed = day(new Date(from)); passed < until; ) {
        passed = next(passed);
        if (limit.unit !== 'wd') last = next(last);
        else if (worked(passed)) last = workdays(last, 1);
      }
    }
  }
  if (elapsed) return new Date(instant);
  while (options.rolls !== false && !worked(last)) last = next(last);
  return endOfDay(last);
}

function union(pauses: NonNullable<DueOptions['pauses']>): { from: number; to: number }[] {
  const known = pauses
    .filter(({ from }) => from !== null)
    .map(({ from, to }) => ({ from: from!.getTime(), to: to?.getTime() ?? Number.POSITIVE_INFINITY }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  for (let i = 0; i + 1 < known.length; ) {
    const [left, right] = [known[i]!, known[i + 1]!];
    if (right.from > left.to) i += 1;
    else known.splice(i, 2, { from: left.from, to: Math.max(left.to, right.to) });
  }
  return known;
}
