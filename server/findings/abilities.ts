import { may, type Standing } from '../access/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import type { Row } from '../subjects/rows.ts';
import { transitionOf, type Verb, verbs } from './finding.ts';
import { limitsAt } from './limits.ts';
import { decidesNow, refusalOf } from './loop.ts';
import type { Moment, Values } from './transition.ts';

/** A row as lists read it (instants as Date) as the loop's values (instants as text). */
export const valuesOf = (row: Row): Values =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  ) as Values;

/**
 * The verbs an actor may post on a finding now: the policy allows them, the loop is there, and he is not too near.
 * The buttons of the back office are these and no others.
 */
export const findingVerbs =
  (clock: Clock) =>
  (actor: Actor, standing: Standing, row: Row): string[] => [
    ...verbsOn(actor, standing, row.id, valuesOf(row), clock.now()),
    ...['ledger'].filter((verb) => may(actor, `finding.${verb}`, standing)),
  ];

export function verbsOn(actor: Actor, standing: Standing, id: string, finding: Values, now: Date): Verb[] {
  const moment: Moment = { id, finding, actor, now, limits: limitsAt(finding, now) };
  return verbs.filter((verb) => {
    const row = transitionOf(verb);
    return (
      row.roles.length > 0 &&
      !(standing.isConcerned && decidesNow(row, moment)) &&
      may(actor, `finding.${verb}`, standing) &&
      !refusalOf(row, moment)
    );
  });
}
