import { demand, type How, owe, timely, usually } from './case-duties.ts';
import type { Ending } from './case-penalty.ts';
import type { Cast } from './case-people.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { dayOf, endOf, endOfWorkingDays, hour, minute, plus } from './time.ts';

/** `spared` by law, `deferred` against a deposit, `unsecured`: deferred without one. */
export type Execution = How | 'spared' | 'deferred' | 'unsecured';
/** Paid in time and so on, in cash to the officer, or `deferred`: instalments were granted. */
export type Payment = How | 'deferred' | 'cash';

/** Detention and fine after the decision: CAS-32a, CAS-32b. */
export function execute(told: CaseTelling, at: Date, servedAt: Date | null, ending: Ending, cast: Cast): void {
  if (ending.decision === 'detention') detain(told, at, ending.detention, cast);
  if (ending.fine && servedAt && (ending.decision === 'fine' || ending.decision === 'detention'))
    pay(told, servedAt, ending);
}

function detain(told: CaseTelling, at: Date, how: Execution, cast: Cast): void {
  const chance = told.chance.at('detain');
  const due = plus(at, 24 * hour);
  const noted = plus(at, 3 * hour);
  if (how === 'spared') {
    tellOf(told, 'spare_detention', noted, {
      detentionSpared: cast.age === 'under18' ? 'minor' : cast.age === 'over70' ? 'aged' : 'ill',
    });
    owe(told, 'CAS-32a', at, due, null, { excused: noted });
    return;
  }
  if (how === 'deferred' || how === 'unsecured') {
    tellOf(told, 'defer_detention', noted, { deferralSecured: how === 'deferred' });
    owe(told, 'CAS-32a', at, due, null, how === 'deferred' ? { excused: noted } : {});
    return;
  }
  const done = timely(how, due, plus(at, chance.int(60, 300) * minute), plus(due, chance.int(60, 3000) * minute));
  if (done) tellOf(told, 'execute_detention', done);
  owe(told, 'CAS-32a', at, due, done);
}

/** Fifteen days to pay, then seven to press for it; cash counts at once. */
function pay(told: CaseTelling, servedAt: Date, ending: Ending): void {
  const chance = told.chance.at('pay');
  const due = endOf(dayOf(servedAt) + 15 + 7);
  if (ending.payment === 'cash') {
    const cashAt = plus(servedAt, 5 * minute);
    takeCash(told, cashAt, ending.fine ?? 0, cashOf(told));
    owe(told, 'CAS-32b', servedAt, due, cashAt);
    return;
  }
  const soon = plus(servedAt, chance.int(1, 14) * 24 * hour - chance.int(0, 100) * minute);
  const late = plus(due, chance.int(10, 200) * hour);
  const doneAt = timely(ending.payment === 'deferred' ? 'soon' : ending.payment, due, soon, late);
  if (doneAt && ending.payment === 'soon') tellOf(told, 'pay_fine', doneAt);
  else if (doneAt)
    tellOf(told, 'press_fine', doneAt, { finePressed: ending.payment === 'deferred' ? 'deferred' : 'surcharge' });
  owe(told, 'CAS-32b', servedAt, due, doneAt);
}

export interface Cash {
  ground: 'small' | 'no_abode' | 'remote';
  handIn: How;
  bank: How;
}

const cashOf = (told: CaseTelling): Cash => {
  const chance = told.chance.at('cash');
  return {
    ground: chance.weighted({ small: 90, no_abode: 10 }),
    handIn: chance.weighted(usually),
    bank: chance.weighted(usually),
  };
};

/** CAS-18a, b, c: cash is taken for small fines alone, handed in within two days and banked within two more. */
export function takeCash(told: CaseTelling, at: Date, fine: number, { ground, handIn, bank }: Cash, back = at): void {
  const chance = told.chance.at('hand in');
  tellOf(told, 'collect_cash', at, { cashGround: ground });
  demand(told, 'CAS-18a', at, ground !== 'small' || fine <= 200);
  const due = endOfWorkingDays(back, 2);
  const handedAt = timely(handIn, due, plus(back, chance.int(2, 20) * hour), plus(due, chance.int(60, 3000) * minute));
  if (handedAt) tellOf(told, 'hand_in_cash', handedAt);
  owe(told, 'CAS-18b', back, due, handedAt);
  if (!handedAt) return;
  const bankDue = endOfWorkingDays(handedAt, 2);
  const late = plus(bankDue, chance.int(60, 3000) * minute);
  const bankedAt = timely(bank, bankDue, plus(handedAt, chance.int(2, 20) * hour), late);
  if (bankedAt) tellOf(told, 'bank_cash', bankedAt);
  owe(told, 'CAS-18c', handedAt, bankDue, bankedAt);
}
