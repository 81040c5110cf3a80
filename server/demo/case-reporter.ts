import { owe, timely, usually } from './case-duties.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, hour, minute, plus } from './time.ts';

const isUnreachable = (told: CaseTelling): boolean => told.chance.at('unreachable').yes(0.012);
const notedAt = (acceptedAt: Date): Date => plus(acceptedAt, 15 * minute);

/** CAS-03: the receipt goes to the reporter within 24 hours, unless it is noted that he cannot be reached or refuses it. */
export function receipt(
  told: CaseTelling,
  acceptedAt: Date,
  usual: Date,
  how = told.chance.at('receipt').weighted(usually),
): void {
  const due = plus(acceptedAt, 24 * hour);
  if (isUnreachable(told)) {
    tellOf(told, 'note_unreachable', notedAt(acceptedAt));
    owe(told, 'CAS-03', acceptedAt, due, null, { excused: notedAt(acceptedAt) });
    return;
  }
  const at = timely(how, due, usual, plus(due, told.chance.at('receipt late').int(30, 2000) * minute));
  if (at) tellOf(told, 'hand_receipt', at);
  owe(told, 'CAS-03', acceptedAt, due, at);
}

/** CAS-34a: who reported a crime is told within three days that the case was filed. */
export function tellFiling(told: CaseTelling, acceptedAt: Date, filedAt: Date): void {
  const due = endOfDays(filedAt, 3);
  if (isUnreachable(told)) {
    const noted = notedAt(acceptedAt);
    owe(told, 'CAS-34a', filedAt, due, null, { excused: noted > filedAt ? noted : filedAt });
    return;
  }
  const chance = told.chance.at('filing told');
  const at = timely(
    chance.weighted(usually),
    due,
    plus(filedAt, chance.int(30, 2500) * minute),
    plus(due, chance.int(60, 4000) * minute),
  );
  if (at) tellOf(told, 'tell_filing', at);
  owe(told, 'CAS-34a', filedAt, due, at);
}

/** CAS-34d: where no offender is found within thirty days the victim is told how things stand. */
export function tellUnsolved(told: CaseTelling, filedAt: Date, foundAt: Date | null): void {
  const due = endOfDays(filedAt, 30);
  const chance = told.chance.at('unsolved');
  const how = foundAt ? 'soon' : chance.weighted(usually);
  const at = timely(how, due, plus(filedAt, chance.int(20, 25) * 24 * hour), plus(due, chance.int(10, 300) * hour));
  if (at && (!foundAt || at < foundAt)) tellOf(told, 'tell_victim', at);
  const found = foundAt && foundAt <= due ? { gone: foundAt } : {};
  owe(told, 'CAS-34d', filedAt, due, at && (!foundAt || at < foundAt) ? at : null, found);
}
