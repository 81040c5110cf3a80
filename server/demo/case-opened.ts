import { owe } from './case-duties.ts';
import { report, serialOf, short } from './case-opening.ts';
import { type Age, type Cast, castOf } from './case-people.ts';
import { receipt } from './case-reporter.ts';
import { type CaseTelling, newTelling, type Source, tellOf } from './case-telling.ts';
import type { City } from './city.ts';
import { type Day, hour, minute, onDay, plus, second, yearOf } from './time.ts';
import type { DemoUnit } from './units.ts';

/** Where a rare course begins: a unit and a day of its own. */
export interface Place {
  city: City;
  unit: DemoUnit;
  day: Day;
  turn: number;
}

export interface Opened {
  told: CaseTelling;
  filedAt: Date;
  cast: Cast;
}

/** No other case of a station has such a serial. */
const serial = 9900;

const sourceOf = ({ day, unit, turn }: Place, cause: string): Source => ({
  handledAt: onDay(day, 9.25),
  criminal: false,
  cause,
  key: `t${day}-${unit.id}-${turn}`,
  serial,
});

/** A report that is only registered: CAS-01 runs until somebody answers it. */
export function reported(place: Place, kind: string, cause: string, facts: Record<string, unknown> = {}): CaseTelling {
  const source = sourceOf(place, cause);
  const told = newTelling(place.city, place.unit, source);
  report(told, kind, source, { suspectKnown: true, ...facts });
  return told;
}

/** CAS-01 is met by whatever answers the report. */
export const answer = (told: CaseTelling, at: Date): void =>
  owe(told, 'CAS-01', told.reportedAt, plus(told.reportedAt, 24 * hour), at);

/** Reported, accepted and filed within the hour, with a known offender; CAS-01 and CAS-03 are met. */
export function opened(
  place: Place,
  cause: string,
  { kind = 'public_order', age = 'adult' }: { kind?: string; age?: Age } = {},
): Opened {
  const told = reported(place, kind, cause);
  const acceptedAt = plus(told.reportedAt, 30 * minute);
  answer(told, acceptedAt);
  tellOf(told, 'accept', acceptedAt, {
    acceptanceNumber: `${short(told)}受案字〔${yearOf(acceptedAt)}〕${serialOf(told)}号`,
  });
  receipt(told, acceptedAt, plus(acceptedAt, 5 * minute), 'soon');
  const filedAt = plus(acceptedAt, second);
  tellOf(told, 'file', filedAt, {
    filingNumber: `${short(told)}立字〔${yearOf(acceptedAt)}〕${serialOf(told)}号`,
    filingApprovedAt: acceptedAt.toISOString(),
  });
  return { told, filedAt, cast: castOf(told, cause, acceptedAt, true, age) };
}
