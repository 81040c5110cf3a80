import type { Standing } from '../access/actor.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import { isOneOf } from './guards.ts';
import type { FactName } from './transition.ts';

/** Health and family reasons: the officer, his unit's head and the legal office alone (domain.md §7, no. 3). */
const confidants = ['unit-head', 'legal-reviewer', 'legal-head'] as const;

/** What a private explanation keeps to itself. */
export const privateFacts: readonly FactName[] = ['explanation', 'explanationReason', 'explanationFiles'];

export const mayRead = (actor: Actor, standing: Standing): boolean => standing.isOwn || isOneOf(actor, confidants);

/** A row without what is private, where the actor may not read it. */
export function discreet<R extends Record<string, unknown>>(
  row: R,
  isPrivate: boolean,
  actor: Actor,
  standing: Standing,
): R {
  if (!isPrivate || mayRead(actor, standing)) return row;
  return { ...row, ...Object.fromEntries(privateFacts.filter((name) => name in row).map((name) => [name, null])) };
}
