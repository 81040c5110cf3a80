import type { CaseTelling } from './case-telling.ts';
import type { Chance } from './chance.ts';
import type { DemoPerson } from './people.ts';
import { by } from './story.ts';
import { hour, minute, plus, second } from './time.ts';

/** An item being told: what it is and how it was taken. */
export interface ItemTelling {
  told: CaseTelling;
  chance: Chance;
  id: string;
  kind: string;
  how: string;
  inPlace: boolean;
  remote: boolean;
  /** Seized on the scene, before anybody approved. */
  onScene: boolean;
  value: number;
  takenAt: Date;
  quantity: number;
}

/** Tells a step of the item; recorded when it happened, but for what is told later on purpose. */
export function tellItem(
  { told, id }: ItemTelling,
  verb: string,
  at: Date,
  facts: Record<string, unknown>,
  author: DemoPerson = told.lead,
  part?: string,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'item',
      subject: id,
      verb,
      occurredAt: at,
      by: by(author),
      facts,
      sourceKey: `demo ${id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

export type Manner = 'soon' | 'at' | 'over' | 'late' | 'never';

/** When something is done that is due at an instant: early, at it, a second over it, hours late or never. */
export function doneAt(chance: Chance, how: Manner, from: Date, due: Date): Date | null {
  if (how === 'never') return null;
  if (how === 'at') return due;
  if (how === 'over') return plus(due, second);
  if (how === 'late') return plus(due, chance.int(1, 120) * hour);
  const minutes = Math.floor((due.getTime() - from.getTime()) / minute);
  return plus(from, chance.int(Math.ceil(minutes / 20), Math.floor(minutes * 0.9)) * minute);
}

/** The first step of this sort on the item's case: when it happened and from when on it is known. */
export function onCase(
  told: CaseTelling,
  verb: string,
  fits: (facts: Record<string, unknown>) => boolean = () => true,
): { at: Date; known: Date } | null {
  const found = told.happenings.find(
    ({ step }) => step.type === 'case' && step.subject === told.id && step.verb === verb && fits(step.facts ?? {}),
  );
  return found ? { at: found.step.occurredAt, known: found.at } : null;
}
