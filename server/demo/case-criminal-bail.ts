import { endInvestigation } from './case-criminal-end.ts';
import { type Taking, take } from './case-criminal-measure.ts';
import {
  days,
  demandHeld,
  draw,
  earlier,
  type Held,
  heldMonths,
  minutes,
  moment,
  owe,
  oweHeld,
  tellHeld,
  usual,
} from './case-criminal-telling.ts';
import { act } from './case-handling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { dayOf, endOfDays, hour, minute, onDay, plus, second } from './time.ts';

/** Bailed: reviewed first, a guarantor or a deposit in the account, not forgotten, ended in time. */
export function bail(told: CaseTelling, startedAt: Date, name: string, extra: Partial<Taking> = {}): Held {
  const review = draw(told, 'review', { right: 945, same: 10, over: 10, refused: 12, none: 23 });
  const isDeposit = draw(told, 'guarantee', { guarantor: 55, deposit: 45 }) === 'deposit';
  const amount = draw(told, 'amount', { usual: 960, least: 15, low: 25 });
  const deposit =
    amount === 'low' ? 800 : amount === 'least' ? 1000 : told.chance.at('criminal amount').int(2, 30) * 1000;
  const isShort = draw(told, 'term', { full: 80, short: 20 }) === 'short';
  const dueAt = isShort
    ? onDay(dayOf(startedAt) + told.chance.at('criminal term').int(60, 90), 18)
    : heldMonths(startedAt, 12);
  const held = take(told, {
    ...extra,
    kind: 'bail',
    startedAt,
    name,
    facts: (approvedAt) => ({
      ...reviewed(told, review, approvedAt ?? startedAt),
      guarantee: isDeposit ? 'deposit' : 'guarantor',
      ...(isDeposit ? { deposit } : {}),
      dueAt: dueAt.toISOString(),
      ...extra.facts?.(approvedAt),
    }),
  });
  demandHeld(held, 'CAS-35c', review === 'right' || review === 'same');
  if (isDeposit) {
    demandHeld(held, 'CAS-35e', amount !== 'low');
    pay(held);
  }
  const end = bailEnds(held, isShort ? dueAt : null);
  if (isDeposit && end.lifted) giveBack(held, end.lifted);
  oweHeld(held, 'CAS-23', startedAt, heldMonths(startedAt, 12), earlier(end.lifted, end.sent));
  if (isShort) oweHeld(held, 'CAS-35d', startedAt, dueAt, earlier(end.lifted, end.sent));
  return held;
}

/** CAS-35c: the legal office agrees before the leader approves. */
function reviewed(told: CaseTelling, how: string, approvedAt: Date): Record<string, unknown> {
  if (how === 'none') return {};
  const at =
    how === 'same'
      ? approvedAt
      : how === 'over'
        ? plus(approvedAt, second)
        : plus(approvedAt, -minutes(told, 'reviewed', 30, 600));
  return { reviewedAt: at.toISOString(), review: how === 'refused' ? 'refused' : 'agreed' };
}

/** CAS-35a: the deposit is in the account within a day; it may be there before the bail begins. */
function pay(held: Held): void {
  const { told, startedAt } = held;
  const due = plus(startedAt, 24 * hour);
  const isBefore = draw(told, 'paid', { before: 40, after: 60 }) === 'before';
  const at = isBefore ? plus(startedAt, -30 * minute) : moment(told, 'pay', startedAt, due, [10, 1200]);
  if (at) tellHeld(held, 'pay_deposit', at);
  oweHeld(held, 'CAS-35a', startedAt, due, at);
}

/** CAS-35b: given back when the bail ends (three days), or forfeited. */
function giveBack(held: Held, lifted: Date): void {
  const { told } = held;
  const due = endOfDays(lifted, 3);
  if (draw(told, 'forfeit', { no: 95, yes: 5 }) === 'yes') {
    const at = plus(lifted, 2 * hour);
    tellHeld(held, 'forfeit_deposit', at);
    oweHeld(held, 'CAS-35b', lifted, due, null, { gone: at });
    return;
  }
  const at = moment(told, 'return', lifted, due, [30, 3000]);
  if (at) tellHeld(held, 'return_deposit', at);
  oweHeld(held, 'CAS-35b', lifted, due, at);
}

/** How it ends: sent for prosecution, lifted, the case withdrawn, at the end of its term, or not (yet). */
function bailEnds(held: Held, term: Date | null): { lifted: Date | null; sent: Date | null } {
  const { told, startedAt } = held;
  work(held);
  const year = heldMonths(startedAt, 12);
  const path = draw(told, 'bail end', { sent: 38, lifted: 26, withdrawn: 6, open: 24, term: term ? 40 : 0, year: 0 });
  if (path === 'sent')
    return { lifted: null, sent: endInvestigation(told, plus(startedAt, days(told, 'bail', 14, 55))) };
  if (path === 'withdrawn') return { lifted: withdraw(held, plus(startedAt, days(told, 'bail', 12, 50))), sent: null };
  const weights = { soon: 60, at: 6, over: 6, late: 14, never: 14 };
  const lifted =
    path === 'lifted'
      ? plus(startedAt, days(told, 'bail', 20, 55))
      : path === 'term' && term
        ? moment(told, 'term end', startedAt, term, [20 * 1440, 50 * 1440], weights)
        : path === 'year'
          ? moment(told, 'year end', startedAt, year, [300 * 1440, 350 * 1440], weights)
          : null;
  if (lifted) tellHeld(held, 'end_measure', lifted);
  return { lifted, sent: null };
}

/** Something is done about the case while the suspect is at large (CAS-29b is planted at the end of the story). */
function work(held: Held): void {
  const { told, startedAt } = held;
  const due = endOfDays(startedAt, 60);
  const at = moment(told, 'idle', startedAt, due, [5 * 1440, 50 * 1440], { ...usual, never: 40 });
  if (at) act(told, 10, 'questioning', at);
}

/** CAS-24a: suspect and victim are told within three days; CAS-24b: the measure ends at once. */
function withdraw(held: Held, at: Date): Date | null {
  const { told } = held;
  tellOf(told, 'withdraw', at, { withdrawReason: '经侦查,情节显著轻微,不认为是犯罪。' });
  const due = endOfDays(at, 3);
  const suspectTold = plus(at, minutes(told, 'suspect told', 20, 200));
  tellOf(told, 'tell_withdrawal_suspect', suspectTold);
  const victim = plus(told.reportedAt, 30 * minute);
  tellOf(
    told,
    'add_person',
    victim,
    { role: 'victim', name: '王敏', ageClass: 'adult' },
    told.chance.id(victim, 'victim'),
  );
  const victimTold = moment(told, 'withdrawal told', at, due, [220, 3500]);
  if (victimTold) tellOf(told, 'tell_withdrawal_victim', victimTold);
  owe(told, 'CAS-24a', at, due, victimTold);
  const limit = plus(at, 24 * hour);
  const lifted = moment(told, 'withdrawal release', at, limit, [30, 1200]);
  if (lifted) tellHeld(held, 'end_measure', lifted);
  oweHeld(held, 'CAS-24b', at, limit, lifted);
  return lifted;
}

/** At home or in a place they are told: six months at most; PER-11 where the place is designated. */
export function confine(told: CaseTelling, startedAt: Date, name: string, extra: Partial<Taking> = {}): void {
  const isDesignated = draw(told, 'designated', { no: 60, yes: 40 }) === 'yes';
  const held = take(told, {
    ...extra,
    kind: 'residence',
    startedAt,
    name,
    facts: (approvedAt) => ({ ...(isDesignated ? { designated: true } : {}), ...extra.facts?.(approvedAt) }),
  });
  if (isDesignated) {
    const due = plus(startedAt, 24 * hour);
    const at = moment(told, 'family', startedAt, due, [60, 1200]);
    if (at) tellHeld(held, 'tell_family', at);
    oweHeld(held, 'PER-11', startedAt, due, at);
  }
  const limit = heldMonths(startedAt, 6);
  const path = draw(told, 'residence end', { sent: 50, lifted: 30, open: 20, half: 0 });
  if (path === 'sent') {
    oweHeld(held, 'CAS-23', startedAt, limit, endInvestigation(told, plus(startedAt, days(told, 'residence', 20, 60))));
    return;
  }
  const lifted =
    path === 'open'
      ? null
      : path === 'half'
        ? moment(told, 'half end', startedAt, limit, [120 * 1440, 170 * 1440])
        : plus(startedAt, days(told, 'residence', 20, 60));
  if (lifted) tellHeld(held, 'end_measure', lifted);
  oweHeld(held, 'CAS-23', startedAt, limit, lifted);
}
