import { doneAt, type ItemTelling, onCase, tellItem } from './item-telling.ts';
import type { Planted } from './story.ts';
import { dayOf, endOf, endOfDays, endOfMonths, firstOf, hour, minute, plus, second } from './time.ts';

/** How an item leaves: decided, lifted, found to be nobody's business, and when it is gone from the store. */
export interface Ending {
  decidedAt?: Date;
  liftedAt?: Date;
  disposition: string;
  /** Nobody knows whose it is: a notice is out. */
  isSought?: true;
  /** When it would go, if it is there to go. */
  leavesAt?: Date;
}

/** Tells how the item's term ends and plants what is owed at it: PRO-06, PRO-08 and PRO-11. */
export function endTerm(item: ItemTelling, isHeld: boolean, liftedAt?: Date): Ending {
  const { told, chance } = item;
  const own = chance.at('ending');
  const ends = told.criminal ? [onCase(told, 'prosecute'), onCase(told, 'withdraw')] : [onCase(told, 'decide')];
  const ended = ends.reduce((first, one) => (one && (!first || one.at < first.at) ? one : first), null);
  const withCase = ended && ended.at >= item.takenAt ? ended : null;
  const disposition = own.weighted({ returned: 40, transferred: 26, confiscated: 18, destroyed: 12 });
  const ending: Ending = liftedAt
    ? { liftedAt, disposition: 'returned', leavesAt: plus(liftedAt, hour) }
    : own.yes(0.07)
      ? unrelated(item)
      : decided(item, isHeld, withCase?.at ?? null, disposition);
  if (ending.decidedAt) {
    tellItem(item, 'decide', ending.decidedAt, { disposition: ending.disposition });
    const leavesAt = goesAt(item, ending.decidedAt);
    if (leavesAt) ending.leavesAt = leavesAt;
  }
  const endedAt = firstOf(ending.decidedAt, ending.liftedAt);
  if (isHeld) term(item, endedAt);
  if (withCase)
    told.planted.push({
      rule: told.criminal ? 'PRO-11b' : 'PRO-11a',
      subject: item.id,
      opened: withCase.at,
      due: plus(withCase.at, 24 * hour),
      since: withCase.known,
      ...(endedAt ? { met: endedAt } : {}),
    });
  return ending;
}

/** With the case's decision nearly always; where there is none, within thirty days or when the case needs it no longer. */
function decided(item: ItemTelling, isHeld: boolean, withCase: Date | null, disposition: string): Ending {
  const { chance, takenAt } = item;
  const own = chance.at('decision');
  if (withCase) {
    const how = own.weighted({ with: 800, before: 80, at: 20, over: 20, late: 50, never: 30 });
    const early = plus(withCase, -own.int(1, 20) * hour);
    const limit = plus(withCase, 24 * hour);
    if (how === 'never') return { disposition };
    const at =
      how === 'at'
        ? limit
        : how === 'over'
          ? plus(limit, second)
          : how === 'late'
            ? plus(limit, own.int(2, 300) * hour)
            : how === 'before' && early > takenAt
              ? early
              : withCase;
    return { decidedAt: at, disposition };
  }
  if (!isHeld)
    return own.yes(0.55)
      ? { decidedAt: plus(takenAt, own.int(15 * 24, 50 * 24) * hour), disposition }
      : { disposition };
  const how = own.weighted({ soon: 720, extended: 240, at: 6, over: 6, late: 16, never: 12 });
  const first = endOfDays(takenAt, 30);
  if (how === 'never') return { disposition };
  const at =
    how === 'soon'
      ? plus(takenAt, own.int(6 * 24, 28 * 24) * hour)
      : how === 'extended'
        ? plus(takenAt, own.int(32 * 24, 57 * 24) * hour)
        : how === 'at'
          ? first
          : how === 'over'
            ? plus(first, second)
            : plus(first, own.int(10, 400) * hour);
  return { decidedAt: at, disposition };
}

/** PRO-06: an administrative seizure ends after thirty days, or thirty more with the county's approval. */
function term(item: ItemTelling, endedAt: Date | undefined): void {
  const { told, chance, takenAt } = item;
  const own = chance.at('term');
  const first = endOfDays(takenAt, 30);
  const duty: Planted = {
    rule: 'PRO-06',
    subject: item.id,
    opened: takenAt,
    due: first,
    ...(endedAt ? { met: endedAt } : {}),
  };
  const isLong = endedAt && endedAt > plus(first, 24 * hour) && endedAt < plus(takenAt, 58 * 24 * hour);
  if (!isLong || !own.yes(0.92)) {
    told.planted.push(duty);
    return;
  }
  const approvedAt = plus(takenAt, own.int(20, 28) * 24 * hour);
  tellItem(
    item,
    'extend',
    approvedAt,
    { level: 'county', days: 30, number: `延${told.key.replace(/\D/g, '').slice(-5)}` },
    told.co,
    chance.id(approvedAt, 'extension'),
  );
  told.planted.push({ ...duty, gone: approvedAt }, { ...duty, due: endOfDays(takenAt, 60), since: approvedAt });
}

/** PRO-08: found unrelated, returned in three days (criminal) or at once, that is in a day; or the owner is sought. */
function unrelated(item: ItemTelling): Ending {
  const { told, chance, takenAt } = item;
  const own = chance.at('unrelated');
  const foundAt = plus(takenAt, own.int(3 * 24, 14 * 24) * hour);
  const due = told.criminal ? endOfDays(foundAt, 3) : plus(foundAt, 24 * hour);
  const how = own.weighted({ soon: 50, at: 12, over: 12, late: 10, never: 8, notice: 8 });
  tellItem(item, 'find_unrelated', foundAt, {});
  const duty = { rule: told.criminal ? 'PRO-08a' : 'PRO-08b', subject: item.id, opened: foundAt, due };
  if (how === 'notice') {
    const noticeAt = plus(foundAt, own.int(3, 20) * hour);
    tellItem(item, 'seek_owner', noticeAt, {});
    const sixMonths = endOfMonths(noticeAt, 6);
    told.planted.push(
      { ...duty, excused: noticeAt },
      { rule: 'PRO-08c', subject: item.id, opened: noticeAt, due: endOf(dayOf(sixMonths) + 30) },
    );
    return { disposition: 'returned', isSought: true };
  }
  const liftedAt = doneAt(own, how, foundAt, due);
  if (!liftedAt) {
    told.planted.push(duty);
    return { disposition: 'returned' };
  }
  tellItem(item, 'lift', liftedAt, {});
  told.planted.push({ ...duty, met: liftedAt });
  return { liftedAt, disposition: 'returned', leavesAt: plus(liftedAt, hour) };
}

/** PRO-13a: gone within thirty days of the decision, most things two hours after it. */
function goesAt({ chance }: ItemTelling, decidedAt: Date): Date | undefined {
  const own = chance.at('leaving');
  const how = own.weighted({ soon: 740, later: 180, at: 15, over: 15, late: 26, never: 24 });
  const due = endOfDays(decidedAt, 30);
  if (how === 'never') return undefined;
  return how === 'soon'
    ? plus(decidedAt, 2 * hour)
    : how === 'later'
      ? plus(decidedAt, own.int(24, 25 * 24) * hour)
      : how === 'at'
        ? due
        : how === 'over'
          ? plus(due, second)
          : plus(due, own.int(60, 9000) * minute);
}
