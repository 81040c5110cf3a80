import { demand, type How, owe, timely } from './case-duties.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, endOfWorkingDays, hour, plus } from './time.ts';

/** One try; CAS-20c: there are two at most. */
export function mediate(told: CaseTelling, round: number, outcome: 'agreed' | 'failed', at: Date): string {
  const part = told.chance.at('mediation').id(at, `round ${round}`);
  tellOf(told, 'mediate', at, { round, outcome }, part);
  demand(told, 'CAS-20c', at, round <= 2, { occurrence: part });
  return part;
}

/** Before a case ends in mediation: agreed at once or at the second try, and kept. */
export function mediateFirst(told: CaseTelling, filedAt: Date, endsAt: Date): void {
  const chance = told.chance.at('mediate first');
  const agreedAt = plus(endsAt, -3 * hour);
  const isSecond = chance.yes(0.2);
  if (isSecond) {
    const wished = plus(agreedAt, -chance.int(1, 5) * 24 * hour);
    const firstAt = wished > plus(filedAt, hour) ? wished : plus(filedAt, hour);
    mediate(told, 1, 'failed', firstAt);
    const part = mediate(told, 2, 'agreed', agreedAt);
    owe(told, 'CAS-20a', firstAt, endOfWorkingDays(firstAt, 7), agreedAt, { occurrence: part, since: agreedAt });
    // Until the second try the first one is the last, and has failed.
    owe(told, 'CAS-20b', firstAt, endOfDays(firstAt, 30), null, { occurrence: partOf(told, firstAt), gone: agreedAt });
    tellOf(told, 'keep_agreement', plus(agreedAt, 2 * hour), {}, part);
    return;
  }
  tellOf(told, 'keep_agreement', plus(agreedAt, 2 * hour), {}, mediate(told, 1, 'agreed', agreedAt));
}

const partOf = (told: CaseTelling, firstAt: Date): string => told.chance.at('mediation').id(firstAt, 'round 1');

/** A second try so long after the first: CAS-20a; where it fails too the case is to be decided: CAS-20b. */
export function mediateTwice(
  told: CaseTelling,
  firstAt: Date,
  second: How,
  rounds: 2 | 3,
): { failedAt: Date; part: string } {
  const due = endOfWorkingDays(firstAt, 7);
  const secondAt = timely(second, due, plus(firstAt, 3 * 24 * hour), plus(due, 30 * hour)) ?? plus(due, 60 * hour);
  const first = mediate(told, 1, 'failed', firstAt);
  owe(told, 'CAS-20b', firstAt, endOfDays(firstAt, 30), null, { occurrence: first, gone: secondAt });
  const again = mediate(told, 2, 'failed', secondAt);
  owe(told, 'CAS-20a', firstAt, due, secondAt, { occurrence: again, since: secondAt });
  if (rounds === 2) return { failedAt: secondAt, part: again };
  const thirdAt = plus(secondAt, 20 * hour);
  owe(told, 'CAS-20b', secondAt, endOfDays(secondAt, 30), null, { occurrence: again, gone: thirdAt });
  return { failedAt: thirdAt, part: mediate(told, 3, 'failed', thirdAt) };
}

/** CAS-20b: after the failure, or after an agreement that is not kept, the case is decided within thirty days. */
export function decideAfter(told: CaseTelling, failedAt: Date, part: string, how: How, known = failedAt): Date | null {
  const due = endOfDays(failedAt, 30);
  const at = timely(how, due, plus(failedAt, 9 * 24 * hour), plus(due, 50 * hour));
  owe(told, 'CAS-20b', failedAt, due, at, { occurrence: part, since: known });
  return at;
}
