import type { CaseTelling } from './case-telling.ts';
import type { Planted } from './story.ts';
import { plus, second } from './time.ts';

/** How a duty is done: in good time, at the very limit, a second over it, late, or not at all. */
export type How = 'soon' | 'at' | 'over' | 'late' | 'never';

/** Nearly always in good time; the limits and a few failures besides. */
export const usually = { soon: 950, at: 10, over: 10, late: 18, never: 12 } as const satisfies Record<How, number>;

/** When it is done; null for never. */
export const timely = (how: How, due: Date, soon: Date, late: Date): Date | null =>
  how === 'never' ? null : how === 'at' ? due : how === 'over' ? plus(due, second) : how === 'late' ? late : soon;

/** Plants a duty of the case (or of one of its parts). */
export function owe(
  told: CaseTelling,
  rule: string,
  opened: Date,
  due: Date,
  met: Date | null,
  extra: Partial<Planted> = {},
): void {
  told.planted.push({ rule, subject: told.id, opened, due, ...(met ? { met } : {}), ...extra });
}

/** Plants what had to be so at that instant: done then or broken. */
export const demand = (
  told: CaseTelling,
  rule: string,
  at: Date,
  isRight: boolean,
  extra: Partial<Planted> = {},
): void => owe(told, rule, at, at, isRight ? at : null, extra);
