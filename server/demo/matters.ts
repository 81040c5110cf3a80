import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { by, type Happening, type Planted } from './story.ts';
import { type Day, dayOf, hour, minute, onDay, plus, second } from './time.ts';
import type { DemoUnit } from './units.ts';

/** A matter of the public being told: who handles it, what happened and what is owed. */
export interface Matter {
  city: City;
  chance: Chance;
  type: 'freeze' | 'complaint' | 'licence' | 'inspection';
  id: string;
  unit: DemoUnit;
  handler: DemoPerson;
  happenings: Happening[];
  planted: Planted[];
}

/** Tells a step of the matter. */
export function tellMatter(
  matter: Matter,
  verb: string,
  at: Date,
  facts: Record<string, unknown> = {},
  part?: string,
  author = matter.handler,
): void {
  matter.happenings.push({
    at,
    step: {
      type: matter.type,
      subject: matter.id,
      verb,
      occurredAt: at,
      by: by(author),
      facts,
      sourceKey: `demo ${matter.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

/** A duty of the matter. */
export function owe(
  matter: Matter,
  rule: string,
  opened: Date,
  rest: Omit<Planted, 'rule' | 'subject' | 'opened'>,
): void {
  matter.planted.push({ rule, subject: matter.id, opened, ...rest });
}

/** A duty that is decided the moment it opens. */
export const oweAtOnce = (matter: Matter, rule: string, at: Date, isMet: boolean, occurrence?: string): void =>
  owe(matter, rule, at, { due: at, ...(isMet ? { met: at } : {}), ...(occurrence ? { occurrence } : {}) });

/** How a duty with a term is done. */
export type Manner = 'well' | 'at' | 'over' | 'late' | 'never';

/** When, told in that manner; `soon` is when it is done well. Never: null. */
export const doneAt = (how: Manner, due: Date, soon: Date): Date | null =>
  how === 'well'
    ? soon
    : how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, 26 * hour + 7 * minute)
          : null;

export const met = (at: Date | null): { met?: Date } => (at ? { met: at } : {});

/** Numbers, counted through the whole life of the city, of the matters that come in on a day at so many a month of 120. */
export function serialsOn(city: City, day: Day, aMonth: number): number[] {
  const before = numberBefore(city, day, aMonth);
  return Array.from({ length: numberBefore(city, day + 1, aMonth) - before }, (_, i) => before + i);
}

const numberBefore = (city: City, day: Day, aMonth: number): number =>
  Math.floor(((day - city.first + city.runIn) * aMonth * city.officers) / (30 * 120));

/** The day on which the n-th matter comes in. */
export function dayOfSerial(city: City, serial: number, aMonth: number): Day {
  let day = city.first - city.runIn + Math.floor((serial * 30 * 120) / (aMonth * city.officers)) - 1;
  while (numberBefore(city, day + 1, aMonth) <= serial) day += 1;
  return day;
}

/** One of a round of manners by its turn: every one comes once before any comes again, the rare ones well apart. */
export function turnOf<T>(special: readonly T[], usual: T, round: number, serial: number): T {
  const step = [37, 31, 29, 23].find((prime) => round % prime !== 0) ?? 1;
  return special[(serial * step) % round] ?? usual;
}

/** A station by its alarms. */
export const stationBy = (city: City, chance: Chance): DemoUnit => {
  const id = chance.weighted(Object.fromEntries(city.stations.map((unit) => [String(unit.id), unit.alarms])));
  return city.stations.find((unit) => String(unit.id) === id) ?? (city.stations[0] as DemoUnit);
};

/** Officers of the stations of a bureau: whoever reviews their work is left out. */
export const stationPolice = (city: City, unit: DemoUnit): DemoPerson[] =>
  city.stations.filter((one) => one.parent === unit.parent).flatMap((one) => city.police(one.id));

/** The instant itself in office hours, else somewhen in the office hours that come next. */
export function atDesk(at: Date): Date {
  const hours = (at.getTime() - onDay(dayOf(at), 0).getTime()) / hour;
  if (hours >= 8.5 && hours < 17.5) return at;
  const next = hours < 8.5 ? dayOf(at) : dayOf(at) + 1;
  return plus(onDay(next, 8.5), (Math.floor(at.getTime() / minute) % (9 * 60)) * minute);
}

/** An instant in office hours. */
export const officeHour = (chance: Chance, day: Day): Date => onDay(day, 8.5 + chance.int(0, 8 * 60) / 60);
