import { addMonths, addWorkingDays, type Calendar, type Day, rollForward } from './calendar-days.ts';
import { bureauZone, endOf, localDay } from './calendar-zone.ts';

export * from './calendar-days.ts';
export * from './calendar-table.ts';
export * from './calendar-zone.ts';

/** m minutes, h hours (elapsed); d days, wd working days, mo months (local dates). */
export type LimitUnit = 'm' | 'h' | 'd' | 'wd' | 'mo';

/** A term of the law: `24h`, `5wd`; n is a whole number, at least 1. */
export interface Limit {
  n: number;
  unit: LimitUnit;
}

/** An interval that stops the clock: without a start it is none, without an end it still runs. */
export interface Pause {
  from: Date | null;
  to: Date | null;
}

export interface DueOptions {
  /** IANA name; the bureau's unless told. */
  zone?: string;
  /** false where a person is held: the last day stays the last day although it is a holiday. */
  rolls?: boolean;
  pauses?: readonly Pause[];
}

/** When a term ends, where the calendar of its days is not published yet: met by `earliest` is in time for certain. */
export interface DueRange {
  /** The due time to show and to warn by: weekends alone. null while a pause is open: the clock stands still. */
  due: Date | null;
  earliest: Date | null;
  /** As if the longest published holiday run fell into the term; equal to `earliest` where all is published. */
  latest: Date | null;
}

/** '24h' → { n: 24, unit: 'h' }. Throws RangeError. */
export function limitOf(text: string): Limit {
  const parts = /^(\d+)(m|h|d|wd|mo)$/.exec(text);
  if (!parts) throw new RangeError(`not a limit: ${text}`);
  return checked({ n: Number(parts[1]), unit: parts[2] as LimitUnit });
}

/** A limit lengthened by others of the same unit: extensions come before pauses and rolling. Throws RangeError. */
export function extended(limit: Limit, by: readonly Limit[]): Limit {
  for (const { unit } of by) {
    if (unit !== limit.unit) throw new RangeError(`a limit in ${limit.unit} is not extended by ${unit}`);
  }
  return checked({ ...limit, n: by.reduce((sum, { n }) => sum + n, limit.n) });
}

/**
 * The last instant at which an act is in time (met ≤ due), or null while the clock stands still in an open pause.
 * Hours and minutes are elapsed time; days, working days and months are local dates, the first not counted, and end
 * with the day. The pauses, merged and in order of start, move the due time as far as they begin by it; what lies
 * before the opening does not count. Then a last day that is not worked rolls forward. SQL: `due_paused`.
 * Throws RangeError for a limit below 1 or an invalid instant.
 */
export function dueAt(opened: Date, limit: Limit, calendar: Calendar, options: DueOptions = {}): Date | null {
  const { n, unit } = checked(limit);
  const { zone = bureauZone, rolls = true } = options;
  if (Number.isNaN(opened.getTime())) throw new RangeError('opened is no instant');
  const pauses = merged(options.pauses ?? [], opened);
  if (unit === 'm' || unit === 'h') {
    return walked(new Date(opened.getTime() + n * (unit === 'm' ? 60_000 : 3_600_000)), pauses, {
      reached: (due) => due,
      move: (due, { from, to }) => new Date(due.getTime() + to.getTime() - from.getTime()),
    });
  }
  const last = walked(after(localDay(opened, zone), { n, unit }, calendar), pauses, {
    reached: (day) => endOf(day, zone),
    move: (day, { from, to }) => {
      const [start, end] = [localDay(from, zone), localDay(to, zone)];
      return unit === 'wd'
        ? calendar.nth(calendar.ordinal(day) + calendar.ordinal(end) - calendar.ordinal(start))
        : day + end - start;
    },
  });
  return last === null ? null : endOf(rolls ? rollForward(last, calendar) : last, zone);
}

/** As `dueAt`, with how far the due time may move when the state publishes the years it lies in. SQL: `due_latest`. */
export function dueRange(opened: Date, limit: Limit, calendar: Calendar, options: DueOptions = {}): DueRange {
  const { zone = bureauZone, rolls = true } = options;
  const due = dueAt(opened, limit, calendar, options);
  const exact: DueRange = { due, earliest: due, latest: due };
  if (due === null || limit.unit === 'm' || limit.unit === 'h') return exact;
  if (limit.unit === 'wd') {
    if (calendar.published(localDay(opened, zone) + 1) && calendar.published(localDay(due, zone))) return exact;
    const slack = weekdaysIn(calendar.longestRun);
    return { ...exact, latest: dueAt(opened, { ...limit, n: limit.n + slack }, calendar, options) };
  }
  const unrolled = dueAt(opened, limit, calendar, { ...options, rolls: false });
  if (unrolled === null || !rolls) return exact;
  const day = localDay(unrolled, zone);
  if (calendar.published(day) && calendar.published(localDay(due, zone))) return exact;
  return { ...exact, latest: endOf(rollForward(day + calendar.longestRun, calendar), zone) };
}

/** The most weekdays that so many days in a row can hold. */
function weekdaysIn(days: number): number {
  return Math.floor(days / 7) * 5 + Math.min(days % 7, 5);
}

function checked(limit: Limit): Limit {
  if (!Number.isSafeInteger(limit.n) || limit.n < 1)
    throw new RangeError(`a limit is at least 1: ${limit.n}${limit.unit}`);
  return limit;
}

function after(day: Day, limit: Limit, calendar: Calendar): Day {
  if (limit.unit === 'mo') return addMonths(day, limit.n);
  return limit.unit === 'wd' ? addWorkingDays(day, limit.n, calendar) : day + limit.n;
}

interface Stop {
  from: Date;
  to: Date | null;
}

/** Clipped at the opening, in order of start, overlapping and touching ones joined; empty and reversed ones dropped. */
function merged(pauses: readonly Pause[], opened: Date): Stop[] {
  const clipped = pauses
    .flatMap(({ from, to }) => (from === null ? [] : [{ from: from < opened ? opened : from, to }]))
    .filter(({ from, to }) => to === null || to > from)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  const joined: Stop[] = [];
  for (const pause of clipped) {
    const before = joined.at(-1);
    if (!before || (before.to !== null && before.to < pause.from)) joined.push({ ...pause });
    else if (before.to !== null && (pause.to === null || pause.to > before.to)) before.to = pause.to;
  }
  return joined;
}

interface Walk<T> {
  reached(due: T): Date;
  move(due: T, pause: { from: Date; to: Date }): T;
}

function walked<T>(start: T, pauses: readonly Stop[], { reached, move }: Walk<T>): T | null {
  let due = start;
  for (const { from, to } of pauses) {
    if (from > reached(due)) break;
    if (to === null) return null;
    due = move(due, { from, to });
  }
  return due;
}
