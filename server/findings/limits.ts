import { chineseCalendar, dueAt, endOf, type Limit, limitOf, localDay } from '../kernel/calendar.ts';
import type { State } from './states.ts';
import type { Limits, Values } from './transition.ts';

/** How long a finding may wait at each station (domain.md §2.4); the duties FND-01 … judge the same by rules. */
const stations: Partial<Record<State, Limit>> = {
  screening: limitOf('1wd'),
  issued: limitOf('24h'),
  explaining: limitOf('3wd'),
  judging: limitOf('2wd'),
  rechecking: limitOf('3wd'),
  objection: limitOf('5wd'),
};
const urgentExplanation = limitOf('24h');
const signOff = limitOf('1wd');
const rectification: Readonly<Record<string, Limit>> = {
  flaw: limitOf('3wd'),
  ordinary: limitOf('7d'),
  serious: limitOf('15d'),
};
/** 自查自纠期 of a flaw, from its raising. */
const selfCorrection = limitOf('24h');
/** 提出异议: days after the latest verdict. */
const objectionDays = 3;

const due = (from: Date, limit: Limit): Date => dueAt(from, limit, chineseCalendar) ?? from;

/** When the station that a finding enters at `now` must be left again; null where nothing is owed any more. */
export function stationDue(state: State, finding: Values, now: Date): Date | null {
  if (state === 'rectifying') return dateOf(finding.rectifyDueAt);
  if (state === 'suspended') return dateOf(finding.suspendUntil);
  if (state === 'explaining' && finding.explained) return due(now, signOff);
  if (state === 'explaining' && finding.urgent) return due(now, urgentExplanation);
  const limit = stations[state];
  return limit ? due(now, limit) : null;
}

export const selfCorrectUntil = (raised: Date): Date => due(raised, selfCorrection);

/** @returns the limits that depend on the moment, for guards and defaults. */
export function limitsAt(finding: Values, now: Date): Limits {
  const verdict = dateOf(finding.verdictAt);
  return {
    rectify: Object.fromEntries(Object.entries(rectification).map(([severity, limit]) => [severity, due(now, limit)])),
    objectUntil: verdict ? endOf(localDay(verdict) + objectionDays) : null,
  };
}

const dateOf = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);
