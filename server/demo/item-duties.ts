import type { Ending } from './item-ending.ts';
import { doneAt, type ItemTelling, onCase, tellItem } from './item-telling.ts';
import type { Planted } from './story.ts';
import { dayOf, endOf, endOfDays, endOfWorkingDays, firstOf, hour, minute, plus, second } from './time.ts';

/** What is owed by what the item is and how it was taken, told and planted once it is known how it ends. */
export function keepProperly(
  item: ItemTelling,
  returnedAt: Date | null,
  ending: Ending,
  goneAt: Date | undefined,
): void {
  if (item.inPlace) sendPapers(item, goneAt);
  if (item.how === 'registered') endRegistration(item, ending, goneAt);
  if (item.kind === 'cash' && ['seized', 'accepted'].includes(item.how)) deposit(item, returnedAt, goneAt);
  if (item.kind === 'jewellery') appraise(item, goneAt);
  if (item.kind === 'goods' && !ending.isSought) sell(item, goneAt);
  if (item.kind === 'drugs') storeSpecially(item, returnedAt, goneAt);
}

const met = (at: Date | undefined): Pick<Planted, 'met'> => (at ? { met: at } : {});

/** PRO-02: what stays where it is, its papers with the custodian in a day. */
function sendPapers(item: ItemTelling, goneAt: Date | undefined): void {
  const own = item.chance.at('papers');
  const due = plus(item.takenAt, 24 * hour);
  const sentAt = doneAt(own, own.weighted({ soon: 60, at: 12, over: 12, late: 10, never: 6 }), item.takenAt, due);
  if (sentAt) tellItem(item, 'send_papers', sentAt, {});
  item.told.planted.push({
    rule: 'PRO-02',
    subject: item.id,
    opened: item.takenAt,
    due,
    ...met(firstOf(sentAt, goneAt)),
  });
}

/** PRO-07: seven working days. */
function endRegistration(item: ItemTelling, ending: Ending, goneAt: Date | undefined): void {
  const own = item.chance.at('registration');
  const due = endOfWorkingDays(item.takenAt, 7);
  const endedAt = doneAt(own, own.weighted({ soon: 66, at: 9, over: 9, late: 9, never: 7 }), item.takenAt, due);
  if (endedAt)
    tellItem(item, 'end_registration', endedAt, { registrationOutcome: own.pick(['seized', 'tested', 'lifted']) });
  const end = firstOf(endedAt, ending.liftedAt, ending.decidedAt, goneAt);
  item.told.planted.push({ rule: 'PRO-07', subject: item.id, opened: item.takenAt, due, ...met(end) });
}

/** PRO-10: in the account a day after it was taken or brought home; sealed as evidence or settled in three days it is not. */
function deposit(item: ItemTelling, returnedAt: Date | null, goneAt: Date | undefined): void {
  const own = item.chance.at('deposit');
  const opened = item.remote ? returnedAt : item.takenAt;
  if (!opened) return;
  const due = plus(opened, 24 * hour);
  const paidAt = doneAt(own, own.weighted({ soon: 830, at: 35, over: 35, late: 60, never: 40 }), opened, due);
  const original = isOriginal(item);
  const settled = goneAt && goneAt <= threeDaysOn(item.takenAt) ? goneAt : null;
  if (paidAt && !original)
    tellItem(item, 'deposit', paidAt, { depositNumber: `缴款${item.told.key.replace(/\D/g, '').slice(-7)}` });
  const excused = firstOf(original ? opened : null, settled);
  item.told.planted.push({
    rule: 'PRO-10',
    subject: item.id,
    opened,
    due,
    ...(paidAt && !original ? { met: paidAt } : {}),
    ...(excused ? { excused } : {}),
  });
}

/** Kept as it is, because the notes themselves are evidence. */
export const isOriginal = (item: Pick<ItemTelling, 'chance' | 'kind'>): boolean =>
  item.kind === 'cash' && item.chance.at('original').yes(0.05);

/** The end of the third day after, whatever day it is. */
const threeDaysOn = (at: Date): Date => endOf(dayOf(at) + 3);

/** PRO-12a: photographed and appraised in fifteen days. */
function appraise(item: ItemTelling, goneAt: Date | undefined): void {
  const own = item.chance.at('appraisal');
  const due = endOfDays(item.takenAt, 15);
  const how = own.weighted({ soon: 40, at: 18, over: 18, late: 10, never: 8, no_photo: 6 });
  const at = doneAt(own, how === 'no_photo' ? 'soon' : how, item.takenAt, due);
  if (how !== 'no_photo') tellItem(item, 'photograph', plus(item.takenAt, 20 * minute), {});
  if (at) tellItem(item, 'appraise', at, {});
  const done = how === 'no_photo' ? null : at;
  item.told.planted.push({
    rule: 'PRO-12a',
    subject: item.id,
    opened: item.takenAt,
    due,
    ...met(firstOf(done, goneAt)),
  });
}

/** PRO-12b: what spoils is sold, after the county approved. */
function sell(item: ItemTelling, goneAt: Date | undefined): void {
  const own = item.chance.at('sale');
  const soldAt = plus(item.takenAt, own.int(30, 100) * hour);
  if (!own.yes(0.3) || (goneAt && goneAt < soldAt)) return;
  const how = own.weighted({ county: 60, same: 12, after: 12, station: 8, none: 8 });
  const approvedAt =
    how === 'same' ? soldAt : how === 'after' ? plus(soldAt, second) : plus(soldAt, -own.int(1, 20) * hour);
  if (how !== 'none')
    tellItem(item, 'approve_sale', approvedAt, { saleLevel: how === 'station' ? 'station' : 'county' }, item.told.co);
  tellItem(item, 'sell', soldAt, { saleAmount: Math.round(item.value * 0.8) });
  const isRight = how === 'county' || how === 'same';
  item.told.planted.push({
    rule: 'PRO-12b',
    subject: item.id,
    opened: soldAt,
    due: soldAt,
    ...met(isRight ? soldAt : undefined),
  });
}

/** PRO-13c: drugs with the anti-drug store in ten days. */
function storeSpecially(item: ItemTelling, returnedAt: Date | null, goneAt: Date | undefined): void {
  const own = item.chance.at('special');
  const opened = item.remote ? returnedAt : item.takenAt;
  if (!opened) return;
  const due = plus(opened, 240 * hour);
  const at = doneAt(own, own.weighted({ soon: 70, at: 9, over: 9, late: 6, never: 6 }), opened, due);
  const storedAt = at && (!goneAt || at < goneAt) ? at : null;
  if (storedAt) tellItem(item, 'store_specially', storedAt, { specialKeeper: '市局禁毒支队毒品保管库' });
  item.told.planted.push({ rule: 'PRO-13c', subject: item.id, opened, due, ...met(firstOf(storedAt, goneAt)) });
}

/** How a thing of an enterprise was approved (ENT-04); null where it is none. */
export type EnterpriseManner = 'county' | 'same' | 'after' | 'unit' | 'none';
export const enterpriseManner = (item: Pick<ItemTelling, 'chance' | 'how' | 'told'>): EnterpriseManner | null => {
  const own = item.chance.at('enterprise');
  if (!item.told.criminal || item.how !== 'seized' || !own.yes(0.06)) return null;
  return own.weighted({ county: 55, same: 12, after: 12, unit: 12, none: 9 });
};

/** ENT-04: what business needs is seized after the county approved. */
export function approveEnterprise(item: ItemTelling, how: EnterpriseManner | null, isHighValue: boolean): void {
  const { told, takenAt } = item;
  if (how === 'after') tellItem(item, 'approve', plus(takenAt, second), { approvalLevel: 'county' }, told.co);
  const ofCase = onCase(told, 'report', ({ enterprise }) => enterprise === true);
  if (!how && !(ofCase && told.criminal && isHighValue && (item.how === 'seized' || item.inPlace))) return;
  const isRight = !how || how === 'county' || how === 'same';
  told.planted.push({
    rule: 'ENT-04',
    subject: item.id,
    opened: takenAt,
    due: takenAt,
    ...met(isRight ? takenAt : undefined),
  });
}
