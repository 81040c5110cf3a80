import type { Say } from './text.ts';

/**
 * All instants are shown and typed in the bureau's zone, whatever the viewer's computer says: eight hours ahead, for ever,
 * in reading and in showing, else a time of the summers of 1986 to 1991 would move by an hour each time it is edited.
 */
const zone = 'Etc/GMT-8';
const offset = '+08:00';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

interface Wall {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
}

function wall(instant: string | Date): Wall | null {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return null;
  return Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value])) as unknown as Wall;
}

let skew = 0;
/** The server's clock counts: the difference to this computer's is learnt from every answer. */
export const learnServerTime = (date: string | null): void => {
  if (date) skew = new Date(date).getTime() - Date.now();
};
export const now = (): Date => new Date(Date.now() + (Math.abs(skew) > 2_000 ? skew : 0));

/** 11-23 21:10; with the year when it is another one. */
export function shortInstant(instant: string | Date | null | undefined): string {
  if (!instant) return '';
  const at = wall(instant);
  if (!at) return String(instant);
  const year = wall(now())?.year === at.year ? '' : `${at.year}-`;
  return `${year}${at.month}-${at.day} ${at.hour}:${at.minute}`;
}

/** 2026-11-23 21:10:05 */
export function fullInstant(instant: string | Date | null | undefined): string {
  const at = instant ? wall(instant) : null;
  return at ? `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}:${at.second}` : '';
}

export const clockTime = (instant: string | Date): string => shortInstant(instant).slice(-5);
export const dayOf = (instant: string | Date): string => fullInstant(instant).slice(0, 10);

/** The value of a `datetime-local` box. */
export const toBox = (instant: string | Date | null | undefined): string =>
  fullInstant(instant).slice(0, 19).replace(' ', 'T');
/** And back: an ISO instant of the bureau's zone. */
export const fromBox = (value: string): string | null =>
  value ? new Date(`${value.length === 16 ? `${value}:00` : value}${offset}`).toISOString() : null;
/** First and last instant of a day typed as 2026-11-23. */
export const dayStart = (day: string): string => new Date(`${day}T00:00:00${offset}`).toISOString();
export const dayEnd = (day: string): string => new Date(`${day}T23:59:59.999${offset}`).toISOString();

const instantShape =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:\s|T)\s*(\d{1,2})[:：时点](\d{1,2})分?(?:[:：]?(\d{1,2})秒?)?$/;
const dayShape = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const two = (text: string | undefined): string => (text ?? '0').padStart(2, '0');
/** Full-width digits and marks, as a Chinese keyboard types them. */
const halfWidth = (text: string): string => text.normalize('NFKC').trim();
/** Whether such a day and time exist: 30 February is no 2 March. */
const exists = (box: string): boolean => {
  const at = new Date(`${box}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === box;
};

/** What people type (2026-11-23 21:10, 2026年11月23日 21时10分) as an ISO instant; null when it is no such instant. */
export function readInstant(text: string): string | null {
  const typed = halfWidth(text).replace(/日(?=\d)/, '日 ');
  const found = instantShape.exec(typed);
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found;
  const box = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  return exists(box) ? fromBox(box) : null;
}

/** A day as people type it; null when there is none. */
export function readDay(text: string): string | null {
  const found = dayShape.exec(halfWidth(text));
  if (!found) return null;
  const day = `${found[1]}-${two(found[2])}-${two(found[3])}`;
  return exists(`${day}T00:00:00`) ? day : null;
}

/** A span in the two largest units: 3 小时 12 分, 2 天 4 小时. */
export function span(milliseconds: number, say: Say): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = minutes % 60;
  const d = (n: number) => say(`${n} 天`, `${n} d`);
  const h = (n: number) => say(`${n} 小时`, `${n} h`);
  const m = (n: number) => say(`${n} 分`, `${n} min`);
  if (days > 0) return hours > 0 && days < 10 ? `${d(days)} ${h(hours)}` : d(days);
  if (hours > 0) return rest > 0 ? `${h(hours)} ${m(rest)}` : h(hours);
  if (minutes > 0) return m(rest);
  const seconds = Math.round(Math.abs(milliseconds) / 1_000);
  return say(`${seconds} 秒`, `${seconds} s`);
}

/** 剩余 3 小时 12 分 / 已超 2 天 */
export function timeLeft(
  due: string | Date,
  say: Say,
  at: Date = now(),
): { over: boolean; words: string; milliseconds: number } {
  const milliseconds = new Date(due).getTime() - at.getTime();
  const words = span(milliseconds, say);
  return milliseconds >= 0
    ? { over: false, words: say(`剩余 ${words}`, `${words} left`), milliseconds }
    : { over: true, words: say(`已超 ${words}`, `${words} over`), milliseconds };
}
