import { type Account, bank, doneInTurn } from './freezes.ts';
import { met, owe, oweAtOnce, tellMatter } from './matters.ts';
import { inventName } from './people.ts';
import { dayOf, endOf, endOfWorkingDays, hour, minute, plus, yearOf } from './time.ts';

const day = 24 * hour;

/** Paid back to the victims: FRZ-06, FRZ-07, FRZ-08. Returns when it was paid. */
export function refundAccount(told: Account, frozenAt: Date): Date | null {
  const { turn, city } = told;
  if (turn === 'disputed') tellMatter(told, 'dispute', plus(frozenAt, 11 * day));
  victims(told, plus(frozenAt, 12 * day));
  if (turn === 'disputed') return null;
  const decidedAt = plus(frozenAt, 24 * day);
  const proRata = turn.startsWith('pro_rata');
  if (turn !== 'refund_no_table') tellMatter(told, 'trace', plus(frozenAt, 20 * day));
  tellMatter(
    told,
    'decide_refund',
    decidedAt,
    {
      refundLevel: turn === 'refund_county' ? 'county' : 'city',
      refundNumber: `澜公返字〔${yearOf(decidedAt)}〕${told.id.slice(-4)}号`,
      ...(proRata ? { proRata: true } : {}),
    },
    undefined,
    city.withRole('bureau-leader', told.unit),
  );
  oweAtOnce(told, 'FRZ-06a', decidedAt, !turn.startsWith('refund_'));
  return pay(told, proRata ? plus(announce(told, decidedAt), -3 * hour) : plus(decidedAt, 90 * minute));
}

/** FRZ-06b: every victim is told within three working days, unless the ownership is disputed. */
function victims(told: Account, foundAt: Date): void {
  const { chance, turn } = told;
  const count = turn.startsWith('pro_rata') ? 3 : 1;
  for (let i = 0; i < count; i += 1) {
    const at = plus(foundAt, i * 3 * hour);
    const part = chance.id(at, `victim ${i}`);
    tellMatter(
      told,
      'find_victim',
      at,
      { name: inventName(chance.at(`victim ${i}`), 'female'), loss: chance.int(5, 300) * 100 },
      part,
    );
    const due = endOfWorkingDays(at, 3);
    const toldAt = turn === 'disputed' ? null : doneInTurn(told, 'tell', due, plus(at, 26 * hour));
    if (toldAt) tellMatter(told, 'tell_victim', toldAt, {}, part);
    owe(told, 'FRZ-06b', at, {
      occurrence: part,
      due,
      ...met(toldAt),
      ...(turn === 'disputed' ? { excused: at } : {}),
    });
  }
}

/** FRZ-07: thirty days of public notice, and objections reviewed, before money goes out in shares. Returns when it does. */
function announce(told: Account, decidedAt: Date): Date {
  const { chance, turn } = told;
  const publishedAt = plus(decidedAt, hour);
  tellMatter(told, 'publish', publishedAt);
  const raisedAt = plus(publishedAt, 5 * day);
  const part = chance.id(raisedAt, 'objection');
  tellMatter(told, 'object', raisedAt, { by: inventName(chance.at('objects'), 'male') }, part);
  if (turn !== 'pro_rata_objection')
    tellMatter(told, 'review_objection', plus(raisedAt, 3 * day), { outcome: 'refused' }, part);
  const paidAt =
    turn === 'pro_rata_early' ? plus(publishedAt, 20 * day) : plus(endOf(dayOf(publishedAt) + 30), 10 * hour);
  oweAtOnce(told, 'FRZ-07', paidAt, turn === 'pro_rata');
  return paidAt;
}

/** FRZ-08: done on the spot, else in three working days, to the account it came from and without a fee. */
function pay(told: Account, sentAt: Date): Date | null {
  const { turn } = told;
  tellMatter(told, 'send_to_bank', sentAt);
  const due = endOfWorkingDays(sentAt, 3);
  const paidAt = doneInTurn(told, 'pay', due, plus(sentAt, 3 * hour));
  const isOther = turn === 'pay_other' || turn === 'pay_closed';
  if (paidAt)
    tellMatter(told, 'pay', paidAt, {
      paidTo: isOther ? 'other' : 'original',
      ...(turn === 'pay_closed' ? { accountClosed: true } : {}),
      ...(turn === 'pay_fee' ? { fee: 20 } : {}),
    });
  const isRight = turn !== 'pay_fee' && turn !== 'pay_other';
  owe(told, 'FRZ-08', sentAt, { due, feed: bank(told), ...(isRight ? met(paidAt) : {}) });
  return paidAt;
}
