import { badInput, forbidden, notFound, refusal } from '../kernel/errors.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { reachOf } from './actor.ts';

/** A unit out of reach is as good as none. @throws Problem 404 */
export function checkReach(actor: Actor, action: string, unit: number): void {
  const { units } = reachOf(actor, action);
  if (units !== 'all' && !units.includes(unit)) throw refusal(notFound());
}

/** What holds for every unit is set by whoever is over the top one. @throws Problem 403 */
export async function checkOverAll(uow: UnitOfWork, action: string): Promise<void> {
  const reach = reachParameter(uow.actor, action);
  const beyond = await uow.sql('SELECT 1 FROM unit WHERE parent_id IS NULL AND NOT id = ANY($1::int[]) LIMIT 1', [
    reach ?? [],
  ]);
  if (reach !== null && beyond.length > 0)
    throw forbidden('access.over-all', {
      zh: '该事项涉及全部单位，应由上级部门办理',
      en: 'This concerns every unit: an office above all of them does it',
    });
}

/** The units of an action as a parameter: null for all of them. */
export function reachParameter(actor: Actor, action: string): readonly number[] | null {
  const { units } = reachOf(actor, action);
  return units === 'all' ? null : units;
}

/**
 * The unit of an act that names none: everybody's (null) for whoever is over everybody, else the top of his own reach;
 * never more than his reach. @throws Problem 404 a unit out of reach, 422 where his reach has several tops
 */
export async function unitWithin(uow: UnitOfWork, action: string, unit: number | null): Promise<number | null> {
  if (unit !== null) {
    checkReach(uow.actor, action, unit);
    return unit;
  }
  const reach = reachParameter(uow.actor, action);
  if (reach === null) return null;
  const tops = await uow.sql<{ id: number }>(
    'SELECT id FROM unit WHERE id = ANY($1::int[]) AND (parent_id IS NULL OR NOT parent_id = ANY($1::int[]))',
    [reach],
  );
  const [top] = tops;
  const text = { zh: '请选择单位', en: 'Choose a unit' };
  if (!top || tops.length > 1) throw badInput('access.choose-a-unit', text, [{ path: 'unitId', ...text }]);
  return top.id;
}
