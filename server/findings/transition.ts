import type { Problem } from '../kernel/errors.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import type { Step } from '../subjects/define.ts';
import type { FactValue } from '../subjects/input.ts';
import type { facts } from './facts.ts';
import type { State } from './states.ts';

export type FactName = keyof typeof facts;
export type Values = Partial<Record<FactName, FactValue | undefined>>;

/** Limits that the bureau's calendar gives at this moment (limits.ts). */
export interface Limits {
  /** When a rectification ordered now is due, by severity. */
  rectify: Readonly<Record<string, Date>>;
  /** Until when the latest verdict may be objected to; null where there is none. */
  objectUntil: Date | null;
}

/** A finding at the moment someone wants to do something with it. */
export interface Moment {
  id: string;
  /** Facts as stored; instants as ISO text. */
  finding: Values;
  actor: Actor;
  now: Date;
  limits: Limits;
}

/** The same with what the actor filled in. */
export interface Act extends Moment {
  given: Values;
}

/** One row of the loop: who may lead a finding from where to where, and what it leaves behind. */
export interface Transition {
  /** The step's code in the table `step`; never reused. */
  code: number;
  label: readonly [zh: string, en: string];
  from: readonly State[];
  /** 'stays' for an act that moves nothing. */
  to: State | 'stays' | ((act: Act) => State);
  /** Empty: the system alone. Where the person stands to the record is decided by the policies (finding.<verb>). */
  roles: readonly string[];
  requires?: readonly FactName[];
  asks?: readonly FactName[];
  /** Instants that keep the first time this happened. */
  first?: readonly FactName[];
  /** Instants that take the latest time. */
  stamps?: readonly FactName[];
  sets?: Partial<Record<FactName, string | number | boolean>>;
  /** Other facts that follow from the act. */
  fills?: (act: Act) => Values;
  /** The names of the facts that `fills` may give. */
  filled?: readonly FactName[];
  /** A decision on the finding: nobody who took part in the matter may take it (independence.ts). */
  decides?: true | ((moment: Moment) => boolean);
  /** Is it possible now at all? Answers before anything is filled in. */
  when?: (moment: Moment) => Problem | undefined;
  /** Is what was filled in acceptable? */
  check?: (act: Act) => Problem | undefined;
}

/** The step that an act of the loop leaves: what its form asks, and what the loop fills in itself. */
export const stepOf = (row: Transition): Step => ({
  code: row.code,
  label: { zh: row.label[0], en: row.label[1] },
  internal: true,
  requires: row.requires ?? [],
  asks: row.asks ?? [],
  carries: [
    'state',
    'stateAt',
    'dueAt',
    'rectifyDueAt',
    ...(row.first ?? []),
    ...(row.stamps ?? []),
    ...(row.filled ?? []),
  ],
  sets: row.sets ?? {},
});
