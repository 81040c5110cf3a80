import { owe } from './case-duties.ts';
import { mediateFirst } from './case-mediation.ts';
import { conclude, drawEnding, type Ending } from './case-penalty.ts';
import { addSuspect, type Cast } from './case-people.ts';
import { tellUnsolved } from './case-reporter.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import type { Chance } from './chance.ts';
import { type Day, dayOf, endOfDays, hour, onDay, plus, second } from './time.ts';

/** From the filing of a public-order case to its end: CAS-08, and CAS-34d where no offender is found. */
export function pursue(told: CaseTelling, openedAt: Date, cast: Cast, known: boolean, injury: boolean): void {
  const filedAt = plus(openedAt, second);
  if (known) {
    decide(told, filedAt, filedAt, cast);
    return;
  }
  const chance = told.chance.at('found');
  // An injured victim's appraisal goes to the suspect too: those cases are found at once or never.
  const found = injury ? 'never' : chance.weighted({ never: 84, early: 13, late: 3 });
  const days = found === 'early' ? chance.int(4, 20) : chance.int(36, 45);
  const foundAt = found === 'never' ? null : plus(filedAt, days * 24 * hour + chance.int(1, 8) * hour);
  tellUnsolved(told, filedAt, foundAt);
  if (!foundAt) return;
  tellOf(told, 'know_suspect', foundAt);
  addSuspect(told, foundAt, cast.age);
  decide(told, filedAt, foundAt, cast);
}

/** CAS-08: thirty days to decide, twice thirty more with approval, without the time of an appraisal. */
function decide(told: CaseTelling, filedAt: Date, base: Date, cast: Cast): void {
  const chance = told.chance.at('decide');
  const how = chance.weighted({ soon: 800, at: 12, over: 12, late: 30, never: 20, extended: 80, appraisal: 46 });
  const first = endOfDays(base, 30);
  // Found later, the term begins when he is known.
  const since = base > filedAt ? { since: base } : {};
  if (how === 'soon' || how === 'at' || how === 'over' || how === 'late' || how === 'never') {
    const at =
      how === 'soon'
        ? inOffice(chance, dayOf(base) + chance.int(2, 28))
        : how === 'at'
          ? first
          : how === 'over'
            ? plus(first, second)
            : plus(first, chance.int(10, 200) * hour);
    owe(told, 'CAS-08', base, first, how === 'never' ? null : at, since);
    if (how !== 'never') end(told, base, at, cast);
    return;
  }
  if (how === 'extended') {
    const approvedAt = plus(base, chance.int(24 * 24, 28 * 24) * hour);
    const facts = { of: 'handling', level: 'county', days: 30, reason: '案情复杂' };
    tellOf(told, 'extend', approvedAt, facts, chance.id(approvedAt, 'extension'), told.co);
    const at = inOffice(chance, dayOf(base) + chance.int(32, 57));
    owe(told, 'CAS-08', base, first, null, { ...since, gone: approvedAt });
    owe(told, 'CAS-08', base, endOfDays(base, 60), at, { since: approvedAt });
    end(told, base, at, cast);
    return;
  }
  const from = plus(base, chance.int(2, 8) * 24 * hour);
  const days = chance.int(5, 20);
  const until = plus(from, days * 24 * hour);
  const part = chance.id(from, 'suspension');
  tellOf(told, 'suspend', from, { reason: 'appraisal' }, part);
  tellOf(told, 'resume', until, {}, part);
  const at = inOffice(chance, dayOf(base) + chance.int(33, 37));
  owe(told, 'CAS-08', base, first, null, { ...since, gone: from });
  told.planted.push({ rule: 'CAS-08', subject: told.id, opened: base, since: from, gone: until });
  owe(told, 'CAS-08', base, endOfDays(base, 30 + days), at, { since: until });
  end(told, base, at, cast);
}

/** Decisions are taken by day. */
const inOffice = (chance: Chance, day: Day): Date => onDay(day, 10.5 + chance.int(0, 420) / 60);

function end(told: CaseTelling, base: Date, at: Date, cast: Cast): void {
  const ending: Ending = drawEnding(told.chance.at('ending'), cast);
  if (ending.decision === 'mediation') mediateFirst(told, base, at);
  conclude(told, at, ending, cast);
}
