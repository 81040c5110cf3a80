import type { StepAuthor, StepInput } from '../subjects/record.ts';
import type { DemoPerson } from './people.ts';
import { type DemoUnit, demoUnits } from './units.ts';

/** A step and when it is recorded: steps are told in the order of `at`. */
export interface Happening {
  at: Date;
  step: StepInput;
}

/**
 * What was planted: which duty this story owes and how it is done. Written by the one who invents the story, who knows
 * nothing of the rules engine but the law: the engine is held against it.
 */
export interface Planted {
  rule: string;
  subject: string;
  /** The part it is about; left out where the duty is the subject's own. */
  occurrence?: string;
  opened: Date;
  /** Left out where there is no saying (an open pause). */
  due?: Date;
  /** When the duty was met, and from when on that is known (footage arrives later). */
  met?: Date;
  known?: Date;
  /** From when on it is excused. */
  excused?: Date;
  /** From when on it does not exist any more, and until when it does not exist yet. */
  gone?: Date;
  since?: Date;
  /** A feed that it needs, and whose. */
  feed?: { name: string; unit: number };
  /** The hit is the fault of wrong data: the loop will call it a false alarm. */
  wrongData?: true;
}

export interface Story {
  happenings: Happening[];
  planted: Planted[];
}

/** When a feed did not deliver. */
export interface Outage {
  feed: string;
  unit: number;
  from: Date;
  until: Date;
}

export type Verdict = 'pending' | 'met' | 'late' | 'overdue' | 'excused' | 'unknown';

/** The verdict of a planted duty at an instant, or null while it does not exist. */
export function verdictAt(planted: Planted, now: Date, outages: readonly Outage[]): Verdict | null {
  if (planted.opened > now || (planted.since && planted.since > now) || (planted.gone && planted.gone <= now))
    return null;
  if (planted.excused && planted.excused <= now) return 'excused';
  const met = planted.met && (planted.known ?? planted.met) <= now ? planted.met : undefined;
  if (met && (!planted.due || met <= planted.due)) return 'met';
  const until = planted.due && planted.due < now ? planted.due : now;
  if (
    planted.feed &&
    outages.some(
      (one) =>
        one.feed === planted.feed?.name &&
        one.unit === planted.feed.unit &&
        one.from <= until &&
        one.until > planted.opened,
    )
  )
    return 'unknown';
  if (met) return 'late';
  return planted.due && planted.due < now ? 'overdue' : 'pending';
}

const names = new Map(demoUnits.map((unit) => [unit.id, unit.name]));

/** A person as the author of a step, in the role acted in. */
export const by = (person: DemoPerson, role = person.roles[0] ?? 'auxiliary'): StepAuthor => ({
  personId: person.id,
  name: person.name,
  role,
  unitId: person.unit,
  unitName: names.get(person.unit) ?? '',
});

/** Steps written by a terminal or another system, in the name of a unit. */
export const system = (unit: DemoUnit, name: string): StepAuthor => ({
  personId: null,
  name,
  role: 'system',
  unitId: unit.id,
  unitName: unit.name,
});
