import { demand, type How, owe, timely } from './case-duties.ts';
import { opened, type Place } from './case-opened.ts';
import { conclude, type Order } from './case-penalty.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endingOf } from './case-turns-decisions.ts';
import { endOfDays, hour, plus, second } from './time.ts';

interface Hearing {
  answer: How;
  /** Days between the notice and the hearing. */
  notice: 7 | 6 | null;
  held: How;
  review: Order;
}

/** A fine of 5000 yuan: a hearing is asked for, accepted, announced and held; then reviewed and decided. */
function heard({ answer, notice, held, review }: Hearing): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '寻衅滋事');
    const { told, filedAt, cast } = one;
    const toldAt = plus(filedAt, 26 * hour);
    const askedAt = plus(toldAt, 20 * hour);
    tellOf(told, 'tell_hearing', toldAt);
    tellOf(told, 'ask_hearing', askedAt);
    const answerDue = endOfDays(askedAt, 2);
    const answeredAt = timely(answer, answerDue, plus(askedAt, 18 * hour), plus(answerDue, 5 * hour));
    if (answeredAt) tellOf(told, 'accept_hearing', answeredAt);
    owe(told, 'CAS-13b', askedAt, answerDue, answeredAt);

    const heldDue = endOfDays(askedAt, 10);
    const heardAt = timely(held, heldDue, plus(askedAt, 9 * 24 * hour), plus(heldDue, 15 * hour));
    if (heardAt && notice) tellOf(told, 'notify_hearing', plus(heardAt, -notice * 24 * hour));
    owe(told, 'CAS-13d', askedAt, heldDue, heardAt);
    if (heardAt) {
      tellOf(told, 'hear', heardAt);
      demand(told, 'CAS-13c', heardAt, notice === 7);
    }
    const at = plus(filedAt, 24 * 24 * hour);
    owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
    const isHeard = heardAt !== null;
    conclude(
      told,
      at,
      endingOf(one, { fine: 5000, hearing: isHeard ? 'done' : 'asked', ...(isHeard ? { review } : {}) }),
      cast,
    );
    return told;
  };
}

/** Asked for and taken back, or refused: no hearing is owed. */
function unheard(verb: 'withdraw_hearing' | 'refuse_hearing'): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '寻衅滋事');
    const { told, filedAt, cast } = one;
    const askedAt = plus(filedAt, 50 * hour);
    const endedAt = plus(askedAt, 24 * hour);
    tellOf(told, 'tell_hearing', plus(filedAt, 26 * hour));
    tellOf(told, 'ask_hearing', askedAt);
    tellOf(told, verb, endedAt);
    owe(told, 'CAS-13b', askedAt, endOfDays(askedAt, 2), endedAt);
    const held = { opened: askedAt, due: endOfDays(askedAt, 10), rule: 'CAS-13d', subject: told.id };
    told.planted.push(verb === 'withdraw_hearing' ? { ...held, met: endedAt } : { ...held, gone: endedAt });
    const at = plus(filedAt, 20 * 24 * hour);
    owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
    conclude(told, at, endingOf(one, { fine: 4000, hearing: 'asked' }), cast);
    return told;
  };
}

/** Nobody asks: decided after the five working days, or a second too soon. */
function unasked(isTooSoon: boolean): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '寻衅滋事');
    const { told, filedAt, cast } = one;
    const toldAt = plus(filedAt, 26 * hour);
    tellOf(told, 'tell_hearing', toldAt);
    const at = isTooSoon ? plus(toldAt, 48 * hour) : plus(filedAt, 24 * 24 * hour + second);
    owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
    conclude(told, at, endingOf(one, { fine: 4000, hearing: isTooSoon ? 'silent' : 'asked', payment: 'soon' }), cast);
    return told;
  };
}

export const hearingTurns = [
  heard({ answer: 'soon', notice: 7, held: 'soon', review: 'before' }),
  heard({ answer: 'at', notice: 7, held: 'at', review: 'same' }),
  heard({ answer: 'over', notice: 6, held: 'over', review: 'before' }),
  heard({ answer: 'never', notice: null, held: 'late', review: 'never' }),
  heard({ answer: 'late', notice: null, held: 'never', review: 'before' }),
  unheard('withdraw_hearing'),
  unheard('refuse_hearing'),
  unasked(false),
  unasked(true),
];
