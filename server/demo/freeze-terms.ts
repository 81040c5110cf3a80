import { refundAccount } from './freeze-refunds.ts';
import { type Account, doneInTurn } from './freezes.ts';
import { met, owe, oweAtOnce, tellMatter } from './matters.ts';
import { dayOf, dayText, endOf, endOfDays, hour, minute, plus, second, yearOf } from './time.ts';

const day = 24 * hour;

/** The last instant of the day so many months later, or of that month where it has no such day. */
function endOfMonths(from: Date, months: number): Date {
  const [year = 0, month = 0, date = 0] = dayText(dayOf(from)).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return endOf(Date.UTC(year, month - 1 + months, Math.min(date, last)) / day);
}

/** Approved and frozen, then renewed, released or paid back: FRZ-03, FRZ-04, FRZ-05, ENT-03b. */
export function freezeAccount(told: Account, frozenAt: Date): void {
  const { chance, turn } = told;
  approve(told, frozenAt);
  const short = /^(renew|again|renewal)_/.test(turn) && turn !== 'renewal_long';
  const termEndAt =
    turn === 'term_at'
      ? endOfMonths(frozenAt, 6)
      : turn === 'term_over'
        ? plus(endOfMonths(frozenAt, 6), second)
        : turn.startsWith('major')
          ? plus(frozenAt, 360 * day)
          : plus(frozenAt, (short || turn === 'renewal_long' ? 30 : 179) * day);
  const seized =
    turn.startsWith('amount_') || turn === 'owner_shown' || turn === 'third_unshown' ? seizedAt(told, frozenAt) : 0;
  // a fifth more than the case is worth is the limit: a million and two hundred thousand of a million
  const limit = 1_200_000 - seized;
  const amount =
    turn === 'amount_at'
      ? limit
      : turn === 'amount_over' || turn === 'amount_needed'
        ? limit + 1
        : chance.at('amount').int(30, 2500) * 100;
  if (turn === 'amount_needed') tellMatter(told, 'explain_need', plus(frozenAt, -10 * minute));
  if (turn === 'owner_shown') tellMatter(told, 'show_link', plus(frozenAt, -20 * minute));
  const others = turn === 'double' || turn === 'queued';
  tellMatter(told, 'freeze', frozenAt, {
    noticeNumber: `${told.unit.short.slice(0, 2)}公冻财字〔${yearOf(frozenAt)}〕${told.id.slice(-4)}号`,
    amount,
    termEndAt: termEndAt.toISOString(),
    caseAmount: turn.startsWith('amount_') ? 1_000_000 : amount + seized + chance.at('more').int(0, 900) * 100,
    ...(others ? { othersFrozenAt: plus(frozenAt, -30 * hour).toISOString() } : {}),
    ...(turn === 'queued' ? { queued: true } : {}),
  });
  if (others) oweAtOnce(told, 'FRZ-03b', frozenAt, turn === 'queued');
  if (turn === 'owner_shown' || turn === 'third_unshown') oweAtOnce(told, 'ENT-03b', frozenAt, turn === 'owner_shown');
  if (turn.startsWith('amount_') || turn === 'owner_shown' || turn === 'third_unshown')
    owe(told, 'ENT-03a', frozenAt, {
      due: frozenAt,
      ...(turn === 'amount_over' ? {} : turn === 'amount_needed' ? { excused: frozenAt } : { met: frozenAt }),
    });
  oweAtOnce(told, 'FRZ-04c', frozenAt, turn !== 'term_over' && turn !== 'major_county');
  const endedAt = goOn(told, frozenAt, termEndAt);
  if (turn !== 'queued') owe(told, 'FRZ-04a', frozenAt, { due: termEndAt, ...met(endedAt) });
}

/** What is seized or sealed in the case when the account is frozen, in yuan. */
function seizedAt(told: Account, at: Date): number {
  const steps = told.story.happenings.map(({ step }) => step).filter((step) => step.type === 'item');
  const isGone = (item: string | undefined) =>
    steps.some((step) => step.verb === 'dispose' && step.subject === item && step.occurredAt <= at);
  return steps
    .filter((step) => step.verb === 'take' && step.occurredAt <= at && !isGone(step.subject))
    .filter((step) => step.facts?.how === 'seized' || step.facts?.how === 'sealed')
    .reduce((sum, step) => sum + Number(step.facts?.value ?? 0), 0);
}

/** FRZ-03a: the county for money, the city for shares, the province for those of a listed company, and before. */
function approve(told: Account, frozenAt: Date): void {
  const { turn } = told;
  const level =
    turn === 'level_station'
      ? 'station'
      : turn === 'shares' || turn === 'major'
        ? 'city'
        : turn === 'listed'
          ? 'province'
          : 'county';
  const approvedAt =
    turn === 'approved_after'
      ? plus(frozenAt, 2 * hour)
      : turn === 'approved_same'
        ? frozenAt
        : plus(frozenAt, (turn === 'before_filing' ? -1 : -15) * minute);
  tellMatter(told, 'approve', approvedAt, { level }, undefined, told.city.withRole('bureau-leader', told.unit));
  oweAtOnce(
    told,
    'FRZ-03a',
    frozenAt,
    turn !== 'level_station' && turn !== 'shares_county' && turn !== 'approved_after',
  );
}

/** What follows the freeze; returns when its first term was renewed or ended. */
function goOn(told: Account, frozenAt: Date, termEndAt: Date): Date | null {
  const { chance, turn } = told;
  if (/^(renew|again|renewal)_/.test(turn)) return renew(told, termEndAt);
  if (turn.startsWith('unrelated_')) return unrelated(told, plus(frozenAt, 10 * day));
  if (/^(pro_rata|refund_|tell_|pay_|disputed)/.test(turn)) return refundAccount(told, frozenAt);
  if (turn.startsWith('deduct_')) {
    const at = plus(frozenAt, 40 * day);
    tellMatter(told, 'deduct', at, { deductedFor: turn === 'deduct_none' ? 'none' : 'judgment' });
    oweAtOnce(told, 'FRZ-03c', at, turn !== 'deduct_none');
    return at;
  }
  if (turn === 'queued' || chance.at('lifted').yes(0.5)) return null;
  const at = plus(frozenAt, chance.at('lift').int(20, 90) * day);
  tellMatter(told, 'release', at);
  return at;
}

/** FRZ-04: renewed before the end of a short term, then lifted before the end of the renewal. */
function renew(told: Account, termEndAt: Date): Date | null {
  const { chance, turn } = told;
  const at = doneInTurn(told, 'renew', termEndAt, plus(termEndAt, -48 * hour));
  if (!at) return null;
  const part = chance.id(at, 'renewal');
  const untilAt = turn === 'renewal_long' ? plus(endOfMonths(termEndAt, 6), second) : plus(termEndAt, 30 * day);
  tellMatter(
    told,
    'renew',
    at,
    {
      level: turn === 'renewal_level' ? 'station' : 'county',
      fromAt: termEndAt.toISOString(),
      untilAt: untilAt.toISOString(),
      number: `续冻${told.id.slice(-4)}号`,
    },
    part,
    told.city.withRole('bureau-leader', told.unit),
  );
  oweAtOnce(told, 'FRZ-04d', at, !turn.startsWith('renewal_'), part);
  const releasedAt = doneInTurn(told, 'again', untilAt, plus(at, 25 * day));
  if (releasedAt) tellMatter(told, 'release', releasedAt);
  owe(told, 'FRZ-04b', at, { occurrence: part, due: untilAt, ...met(releasedAt) });
  return at;
}

/** FRZ-05: three days to release what has nothing to do with the case and to tell its owner. */
function unrelated(told: Account, foundAt: Date): Date {
  tellMatter(told, 'find_unrelated', foundAt);
  const due = endOfDays(foundAt, 3);
  const releasedAt = plus(foundAt, 20 * hour);
  tellMatter(told, 'release', releasedAt);
  const toldAt = doneInTurn(told, 'unrelated', due, plus(foundAt, 22 * hour));
  if (toldAt) tellMatter(told, 'tell_owner', toldAt);
  owe(told, 'FRZ-05', foundAt, { due, ...met(toldAt) });
  return releasedAt;
}
