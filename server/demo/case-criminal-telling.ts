import { type CaseTelling, tellOf } from './case-telling.ts';
import type { Planted } from './story.ts';
import { type Day, dayOf, endOf, minute, plus, second } from './time.ts';

/** Nearly always in good time; the limits and a few failures besides. */
export const usual = { soon: 930, at: 15, over: 15, late: 28, never: 12 } as const;

/** Draws how something goes; the plot of a story may have settled it. */
export function draw<T extends string>(told: CaseTelling, key: string, weights: Readonly<Record<T, number>>): T {
  const settled = told.plot[key];
  if (settled !== undefined && settled in weights) return settled as T;
  return told.chance.at(`criminal ${key}`).weighted(weights);
}

export const minutes = (told: CaseTelling, key: string, low: number, high: number): number =>
  told.chance.at(`criminal ${key} minutes`).int(low, high) * minute;
export const days = (told: CaseTelling, key: string, low: number, high: number): number =>
  minutes(told, key, low * 24 * 60, high * 24 * 60);

/** When a duty is done: within the minutes after its opening, at the limit, a second or some hours after it, or never. */
export function moment(
  told: CaseTelling,
  key: string,
  from: Date,
  due: Date,
  [low, high]: readonly [number, number],
  weights: Readonly<Partial<Record<keyof typeof usual, number>>> = usual,
): Date | null {
  const how = draw(told, key, weights as Readonly<Record<keyof typeof usual, number>>);
  if (how === 'never') return null;
  if (how === 'at') return due;
  if (how === 'over') return plus(due, second);
  return how === 'late' ? plus(due, minutes(told, `${key} late`, 60, 2500)) : plus(from, minutes(told, key, low, high));
}

/** Days that do not roll: a person is held. */
export const heldDays = (from: Date, n: number): Date => endOf(dayOf(from) + n);

const msPerDay = 86_400_000;

/** Months by the calendar, to the last day of the month where there is no such day; nothing rolls. */
export function heldMonths(from: Date, n: number): Date {
  const local = new Date(dayOf(from) * msPerDay);
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth() + n, local.getUTCDate()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day: Day = Math.round(Date.UTC(year, month, Math.min(date, lastOfMonth)) / msPerDay);
  return endOf(day);
}

export const later = (...of: readonly (Date | null | undefined)[]): Date =>
  new Date(Math.max(...of.flatMap((at) => at?.getTime() ?? [])));
export const earlier = (...of: readonly (Date | null | undefined)[]): Date | null => {
  const known = of.flatMap((at) => at?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
};

/** A measure being told; nothing about it is recorded before `floor`, when it was entered itself. */
export interface Held {
  told: CaseTelling;
  part: string;
  kind: string;
  name: string;
  startedAt: Date;
  floor: Date;
}

export function tellHeld(held: Held, verb: string, at: Date, facts: Record<string, unknown> = {}): void {
  tellOf(held.told, verb, at, facts, held.part, held.told.lead, later(at, held.floor));
}

/** Plants a duty about the measure: nobody knows of it before the measure is entered. */
export function oweHeld(
  held: Held,
  rule: string,
  opened: Date,
  due: Date,
  met: Date | null,
  extra: Partial<Planted> = {},
): void {
  held.told.planted.push({
    rule,
    subject: held.told.id,
    occurrence: held.part,
    opened,
    due,
    since: later(opened, held.floor),
    ...(met ? { met, known: later(met, held.floor) } : {}),
    ...extra,
  });
}

/** Plants what had to be so at the start of the measure: done then or broken. */
export const demandHeld = (held: Held, rule: string, isRight: boolean, extra: Partial<Planted> = {}): void =>
  oweHeld(held, rule, held.startedAt, held.startedAt, isRight ? held.startedAt : null, extra);

/** Plants a duty of the case or of one of its parts. */
export function owe(
  told: CaseTelling,
  rule: string,
  opened: Date,
  due: Date,
  met: Date | null,
  extra: Partial<Planted> = {},
): void {
  told.planted.push({ rule, subject: told.id, opened, due, ...(met ? { met } : {}), ...extra });
}
