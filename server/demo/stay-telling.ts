import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { by, type Happening, type Planted } from './story.ts';
import type { DemoUnit } from './units.ts';

export type Role = 'offender' | 'suspect' | 'victim' | 'witness';
export type AgeClass = 'under14' | 'under16' | 'under18' | 'adult' | 'over70';

/** Somebody who passes through the area. */
export interface Guest {
  role: Role;
  basis: string;
  gender: 'male' | 'female';
  ageClass: AgeClass;
  name: string;
  identity: string;
  pregnant: boolean;
  drunk: boolean;
}

/** What a story demands of a stay that is otherwise left to chance; `manners` by the rule's code. */
export interface Wish extends Partial<Guest> {
  manners?: Readonly<Record<string, string>>;
  waitingRoom?: string;
  /** Interviews that are planned already, their officers and rooms taken. */
  interviews?: readonly Interview[];
}

export interface Interview {
  from: Date;
  /** As the paper says. */
  until: Date;
  officers: DemoPerson[];
  room: string;
}

/** A stay being told: who, by whom, in and out, what happened and what is owed. */
export interface StayTelling {
  city: City;
  chance: Chance;
  unit: DemoUnit;
  id: string;
  key: string;
  case: string | null;
  cause: string;
  wish: Wish;
  guest: Guest;
  lead: DemoPerson;
  co: DemoPerson;
  clerk: DemoPerson;
  /** Lent by the chief for nothing but approvals. */
  head: DemoPerson;
  centre: boolean;
  arrivedAt: Date;
  enteredAt: Date;
  leftAt: Date;
  interviews: readonly Interview[];
  /** A crime whose interrogations must be recorded. */
  major: boolean;
  happenings: Happening[];
  planted: Planted[];
}

/** How one duty of the stay is done: as the story wishes, else by weight; every code draws for itself. */
export function manner<T extends string>(told: StayTelling, code: string, weights: Readonly<Record<T, number>>): T {
  const wished = told.wish.manners?.[code];
  return wished !== undefined && wished in weights ? (wished as T) : told.chance.at(code).weighted(weights);
}

/** Tells a step of the stay, recorded when it happened but for what is told later on purpose. */
export function tellStay(
  told: StayTelling,
  verb: string,
  at: Date,
  facts: Record<string, unknown> = {},
  part?: string,
  author: DemoPerson = told.clerk,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'stay',
      subject: told.id,
      verb,
      occurredAt: at,
      by: by(author),
      facts,
      sourceKey: `demo ${told.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

export function owe(told: StayTelling, rule: string, duty: Omit<Planted, 'rule' | 'subject'>): void {
  told.planted.push({ rule, subject: told.id, ...duty });
}

/** A duty that is due the moment it opens. */
export function demand(told: StayTelling, rule: string, at: Date, isKept: boolean, occurrence?: string): void {
  owe(told, rule, { opened: at, due: at, ...(isKept ? { met: at } : {}), ...(occurrence ? { occurrence } : {}) });
}

export const isHeld = ({ guest }: StayTelling): boolean => guest.role === 'offender' || guest.role === 'suspect';
export const isMinor = (age: AgeClass): boolean => age === 'under14' || age === 'under16' || age === 'under18';
export const iso = (at: Date): string => at.toISOString();
