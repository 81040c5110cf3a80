import type { Ending } from './item-ending.ts';
import { doneAt, type ItemTelling, tellItem } from './item-telling.ts';
import { dayOf, endOf, endOfDays, firstOf, hour, minute, plus, second } from './time.ts';

/** Brought to the custodian: when, and whether it lay in the locker first. */
export interface HandedOver {
  at: Date;
  inLocker: boolean;
}

/** PRO-01: with the custodian within 24 hours of the taking, of the return to the unit or of approved tests; PRO-03. */
export function handOver(item: ItemTelling, how: string, returnedAt: Date | null): HandedOver | null {
  const { told, chance, takenAt } = item;
  const custodian = told.city.withRole('custodian', told.unit);
  const testedAt = how === 'tests' ? plus(takenAt, chance.int(12, 30) * hour) : null;
  const opened = returnedAt ?? testedAt ?? takenAt;
  if (returnedAt) tellItem(item, 'return_to_unit', returnedAt, {});
  if (testedAt) tellItem(item, 'test', testedAt, { testApprovedAt: plus(takenAt, hour).toISOString() });
  const due = plus(opened, 24 * hour);
  // Until the tests end the term runs from the taking; taken elsewhere, none runs before the return.
  if (testedAt)
    told.planted.push({
      rule: 'PRO-01',
      subject: item.id,
      opened: takenAt,
      due: plus(takenAt, 24 * hour),
      gone: opened,
    });
  const since = testedAt ? { since: opened } : {};
  if (how === 'never') {
    told.planted.push({ rule: 'PRO-01', subject: item.id, opened, due });
    return null;
  }
  const at =
    how === 'at'
      ? due
      : how === 'over'
        ? plus(due, second)
        : how === 'late'
          ? plus(due, chance.int(60, 3000) * minute)
          : plus(opened, chance.int(60, 1300) * minute);
  told.planted.push({ rule: 'PRO-01', subject: item.id, opened, due, met: at, ...since });
  const keeping = chance.weighted({ right: 975, case_office: 10, by_officer: 15 });
  const keeper = keeping === 'by_officer' ? told.lead : custodian;
  const inLocker = keeping !== 'case_office' && how === 'locker';
  const storeroom =
    keeping === 'case_office' ? 'case_office' : inLocker ? 'locker' : chance.weighted({ centre: 70, unit_store: 30 });
  tellItem(
    item,
    'hand_over',
    at,
    {
      custodian: keeper.id,
      storeroom,
      shelf: `${chance.pick(['A', 'B', 'C'])}-${chance.int(1, 12)}-${chance.int(1, 40)}`,
    },
    keeper,
  );
  told.planted.push({
    rule: 'PRO-03',
    subject: item.id,
    opened: at,
    due: at,
    ...(keeping === 'right' ? { met: at } : {}),
  });
  return { at, inLocker };
}

/** Stored, sometimes lent and counted, and after the decision gone. Returns when it left. */
export function keep(item: ItemTelling, handed: HandedOver | null, ending: Ending): Date | undefined {
  const { told, quantity, chance } = item;
  const custodian = told.city.withRole('custodian', told.unit);
  const move = (kind: string, at: Date) =>
    tellItem(item, 'move', at, { kind, quantity, by: custodian.id }, custodian, chance.id(at, `move ${kind}`));
  // What nobody brought in cannot go out; what is sealed in place does.
  const leavesAt = handed || item.inPlace ? ending.leavesAt : undefined;
  const earliest = handed ? plus(handed.at, 2 * hour) : item.takenAt;
  const goneAt = leavesAt && leavesAt < earliest ? earliest : leavesAt;
  if (handed) {
    const storedAt = handed.inLocker ? fromLocker(item, handed.at, goneAt) : plus(handed.at, minute);
    if (storedAt) {
      move('store', storedAt);
      lend(item, storedAt, goneAt);
      count(item, storedAt, goneAt);
    }
    if (goneAt) move(ways[ending.disposition] ?? 'hand_back', plus(goneAt, -minute));
  }
  if (goneAt) tellItem(item, 'dispose', goneAt, { disposition: ending.disposition }, custodian);
  if (ending.decidedAt)
    told.planted.push({
      rule: 'PRO-13a',
      subject: item.id,
      opened: ending.decidedAt,
      due: endOfDays(ending.decidedAt, 30),
      ...(goneAt ? { met: goneAt } : {}),
    });
  return goneAt;
}

const ways: Readonly<Record<string, string>> = {
  returned: 'hand_back',
  transferred: 'transfer',
  confiscated: 'treasury',
  destroyed: 'destroy',
};

/** PRO-13b: out of the locker into the store within 72 hours. */
function fromLocker(item: ItemTelling, handedAt: Date, goneAt: Date | undefined): Date | null {
  const own = item.chance.at('locker');
  const due = plus(handedAt, 72 * hour);
  const at = doneAt(own, own.weighted({ soon: 60, at: 12, over: 12, late: 10, never: 6 }), handedAt, due);
  const storedAt = at && (!goneAt || at < goneAt) ? at : null;
  const met = firstOf(storedAt, goneAt);
  item.told.planted.push({ rule: 'PRO-13b', subject: item.id, opened: handedAt, due, ...(met ? { met } : {}) });
  return storedAt;
}

/** PRO-09: lent with approval, back when it is due, checked on return. */
function lend(item: ItemTelling, storedAt: Date, goneAt: Date | undefined): void {
  const { told, quantity } = item;
  const own = item.chance.at('loan');
  const lentAt = plus(storedAt, own.int(1, 3) * 24 * hour);
  if (!own.yes(0.14) || (goneAt && plus(lentAt, 130 * hour) > goneAt)) return;
  const custodian = told.city.withRole('custodian', told.unit);
  const how = own.weighted({
    soon: 500,
    at: 40,
    over: 40,
    late: 70,
    never: 30,
    extended: 90,
    extended_late: 40,
    test: 110,
    plain: 80,
  });
  const approval = own.weighted({ before: 900, same: 40, after: 30, none: 30 });
  const approvedAt =
    approval === 'before'
      ? plus(lentAt, -own.int(10, 100) * minute)
      : approval === 'after'
        ? plus(lentAt, 30 * minute)
        : lentAt;
  const recorded = approval === 'after' ? approvedAt : lentAt;
  const due = how === 'plain' ? plus(lentAt, 24 * hour) : how === 'test' ? plus(lentAt, 0) : plus(lentAt, 72 * hour);
  const loan = item.chance.id(lentAt, 'move lend');
  const hasDate = how !== 'plain' && how !== 'test';
  tellItem(
    item,
    'move',
    lentAt,
    {
      kind: 'lend',
      quantity,
      by: custodian.id,
      receiver: told.lead.id,
      purpose: how === 'test' ? 'test' : own.pick(['questioning', 'identification', 'evidence']),
      ...(approval === 'none' ? {} : { approvedAt: approvedAt.toISOString() }),
      ...(hasDate ? { dueBackAt: due.toISOString() } : {}),
    },
    custodian,
    loan,
    recorded,
  );
  const duty = { subject: item.id, occurrence: loan, opened: lentAt, since: recorded };
  const isApproved = approval === 'before' || approval === 'same';
  told.planted.push({ rule: 'PRO-09a', ...duty, due: lentAt, ...(isApproved ? { met: lentAt } : {}) });

  const isExtended = how === 'extended' || how === 'extended_late';
  const extendedTo = plus(lentAt, 120 * hour);
  const extendedAt = plus(due, how === 'extended' ? -hour : hour);
  if (isExtended) tellItem(item, 'extend_loan', extendedAt, { extendedTo: extendedTo.toISOString() }, told.co, loan);
  // Tests have thirty days, to the end of the last: nobody waits for that here.
  const testsDue = endOf(dayOf(lentAt) + 30);
  const back =
    how === 'test'
      ? plus(lentAt, own.int(30, 125) * hour)
      : isExtended
        ? plus(lentAt, own.int(76, 118) * hour)
        : how === 'plain'
          ? doneAt(own, own.weighted({ soon: 60, at: 15, over: 15, late: 0, never: 0 }), lentAt, due)
          : how === 'late'
            ? plus(due, own.int(1, 50) * hour)
            : doneAt(own, how === 'never' && goneAt ? 'soon' : how, lentAt, due);
  if (back) bringBack(item, back);
  const met = back ? { met: back } : {};
  const returned = { rule: 'PRO-09b', ...duty, ...met };
  if (how === 'extended')
    told.planted.push({ ...returned, due, gone: extendedAt }, { ...returned, due: extendedTo, since: extendedAt });
  else told.planted.push({ ...returned, due: how === 'test' ? testsDue : due });
}

function bringBack(item: ItemTelling, at: Date): void {
  const { told, quantity } = item;
  const custodian = told.city.withRole('custodian', told.unit);
  const checked = item.chance.at('checked').weighted({ yes: 92, no: 4, missing: 4 });
  const part = item.chance.id(at, 'move bring_back');
  tellItem(
    item,
    'move',
    at,
    {
      kind: 'bring_back',
      quantity,
      by: custodian.id,
      ...(checked === 'missing' ? {} : { checked: checked === 'yes' }),
    },
    custodian,
    part,
  );
  told.planted.push({
    rule: 'PRO-09c',
    subject: item.id,
    occurrence: part,
    opened: at,
    due: at,
    ...(checked === 'yes' ? { met: at } : {}),
  });
}

/** PRO-13d: now and then a stocktake. */
function count(item: ItemTelling, storedAt: Date, goneAt: Date | undefined): void {
  const own = item.chance.at('stocktake');
  const at = plus(storedAt, own.int(6 * 24, 30 * 24) * hour);
  if (!own.yes(0.12) || (goneAt && at >= plus(goneAt, -hour))) return;
  const custodian = item.told.city.withRole('custodian', item.told.unit);
  const result = own.weighted({ matches: 860, misplaced: 60, short: 20, missing: 30, damaged: 30 });
  const part = item.chance.id(at, 'stocktake');
  tellItem(item, 'count', at, { result, quantity: item.quantity, by: custodian.id }, custodian, part);
  item.told.planted.push({
    rule: 'PRO-13d',
    subject: item.id,
    occurrence: part,
    opened: at,
    due: at,
    ...(result === 'matches' ? { met: at } : {}),
  });
}
