import { paperNumber } from './case-criminal-measure.ts';
import { days, draw, heldMonths, minutes, moment, owe } from './case-criminal-telling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { plus } from './time.ts';

/** The investigation ends and the case goes to the procurator; some come back. Returns when it was sent. */
export function endInvestigation(told: CaseTelling, at: Date): Date {
  tellOf(told, 'end_investigation', at);
  const sentAt = plus(at, minutes(told, 'sent', 60, 2400));
  tellOf(told, 'prosecute', sentAt, { prosecutionNumber: paperNumber(told, '诉字', sentAt) });
  supplement(told, sentAt);
  return sentAt;
}

/** CAS-31a: one month for each return; CAS-31b: two returns at most. */
function supplement(told: CaseTelling, sentAt: Date): void {
  const times = { none: 0, one: 1, two: 2, three: 3 }[
    draw(told, 'supplements', { none: 72, one: 20, two: 6, three: 2 })
  ];
  let at = sentAt;
  for (let i = 1; i <= times; i += 1) {
    const returnedAt = plus(at, days(told, `returned ${i}`, 8, 25));
    const part = told.chance.id(returnedAt, `supplement ${i}`);
    tellOf(told, 'return_for_supplement', returnedAt, { number: paperNumber(told, '补侦字', returnedAt) }, part);
    const due = heldMonths(returnedAt, 1);
    const resentAt = moment(told, `supplement ${i}`, returnedAt, due, [5 * 1440, 26 * 1440]);
    owe(told, 'CAS-31a', returnedAt, due, resentAt, { occurrence: part });
    owe(told, 'CAS-31b', returnedAt, returnedAt, i <= 2 ? returnedAt : null, { occurrence: part });
    if (!resentAt) return;
    tellOf(told, 'send_again', resentAt, {}, part);
    at = resentAt;
  }
}
