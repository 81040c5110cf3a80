import type { Chance } from './chance.ts';
import type { City, Crew } from './city.ts';
import { type Happening, type Planted, system } from './story.ts';
import type { Topic } from './topics.ts';
import type { DemoUnit } from './units.ts';

/** An alarm being told. */
export interface Telling {
  city: City;
  chance: Chance;
  unit: DemoUnit;
  id: string;
  key: string;
  number: string;
  serial: number;
  topic: Topic;
  receivedAt: Date;
  happenings: Happening[];
  planted: Planted[];
}

/** Tells a step of the alarm; recorded when it happened, but for what is told later on purpose. */
export function tell(
  told: Telling,
  verb: string,
  at: Date,
  facts: Record<string, unknown>,
  author = system(told.unit, '接处警系统'),
  part?: string,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'alarm',
      subject: told.id,
      verb,
      occurredAt: at,
      by: author,
      facts,
      sourceKey: `demo ${told.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

/** When each crew is free again: nobody is at two scenes at once. */
export type Busy = Map<number, Date>;

/** Who may be sent at this moment. */
export const freeCrews = (city: City, unit: DemoUnit, busy: Busy, at: Date): Crew[] =>
  city.crews(unit.id).filter(({ members }) => members.every((one) => (busy.get(one.id) ?? at) <= at));

/** 案件类警情: what is received or fed back so is answered by a case or a reason for none. */
export const isCaseType = (category: string): boolean => category === 'criminal' || category === 'public_order';
