import { notFound } from '../kernel/errors.ts';
import type { Actor } from '../kernel/unit-of-work.ts';
import { reachOf } from './actor.ts';

/** A unit out of reach is as good as none. @throws Problem 404 */
export function checkReach(actor: Actor, action: string, unit: number): void {
  const { units } = reachOf(actor, action);
  if (units !== 'all' && !units.includes(unit)) throw Object.assign(notFound(), { cause: 'refused' });
}

/** The units of an action as a parameter: null for all of them. */
export function reachParameter(actor: Actor, action: string): readonly number[] | null {
  const { units } = reachOf(actor, action);
  return units === 'all' ? null : units;
}
