import { appraise } from './case-appraisals.ts';
import { type How, owe } from './case-duties.ts';
import { decideAfter, mediate, mediateTwice } from './case-mediation.ts';
import { type Opened, opened, type Place } from './case-opened.ts';
import { conclude, drawEnding, type Ending } from './case-penalty.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, hour, plus } from './time.ts';

/** A smooth end, from which a course departs in one thing. */
export function endingOf({ told, cast }: Opened, change: Partial<Ending>): Ending {
  const { grade: _grade, fine: _fine, ...drawn } = drawEnding(told.chance.at('ending'), cast);
  return {
    ...drawn,
    decision: 'fine',
    level: 'county',
    notice: 'before',
    guardian: true,
    hearing: 'waived',
    service: 'soon',
    victims: 'soon',
    family: 'soon',
    detention: 'soon',
    payment: 'soon',
    ...(change.decision === undefined || change.decision === 'fine' ? { fine: 500 } : {}),
    ...change,
  };
}

/** Decided so many days after the filing, well within the thirty of CAS-08. */
export function decided(one: Opened, days: number, change: Partial<Ending>): CaseTelling {
  const { told, filedAt, cast } = one;
  const at = plus(filedAt, days * 24 * hour + 2 * hour);
  owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
  conclude(told, at, endingOf(one, change), cast);
  return told;
}

const fights = (place: Place): Opened => opened(place, '殴打他人');

/** Who may decide, what must be reviewed and discussed, what a minor is owed, how it is served and executed. */
const endings: readonly ((place: Place) => CaseTelling)[] = [
  (place) => decided(fights(place), 9, { fine: 1000, level: 'station' }),
  (place) => decided(fights(place), 9, { fine: 1001, level: 'station' }),
  (place) => decided(fights(place), 6, { decision: 'detention', level: 'station' }),
  (place) => decided(fights(place), 12, { grade: 'intricate', review: 'same' }),
  (place) => decided(fights(place), 12, { grade: 'intricate', review: 'after' }),
  (place) => decided(fights(place), 12, { grade: 'publicInterest', review: 'returned', decision: 'detention' }),
  (place) => decided(fights(place), 12, { grade: 'intricate', review: 'never' }),
  (place) => decided(fights(place), 14, { grade: 'graveOffence', discussion: 'before', decision: 'detention' }),
  (place) => decided(fights(place), 14, { grade: 'graveOffence', discussion: 'same', decision: 'detention' }),
  (place) => decided(fights(place), 14, { grade: 'graveOffence', discussion: 'after' }),
  (place) => decided(fights(place), 14, { grade: 'graveOffence', discussion: 'never' }),
  (place) => decided(minor(place), 8, { decision: 'detention', detention: 'spared' }),
  (place) => decided(minor(place), 8, { decision: 'detention', detention: 'spared', hearing: 'silent' }),
  (place) => decided(minor(place), 8, { decision: 'warning', level: 'station', guardian: false }),
  (place) => decided(fights(place), 12, { published: 'in_time' }),
  (place) => decided(fights(place), 12, { published: 'too_soon' }),
  (place) => decided(fights(place), 5, { service: 'at', victims: 'at', payment: 'at' }),
  (place) => decided(fights(place), 5, { service: 'over', victims: 'over', payment: 'over' }),
  (place) => decided(fights(place), 5, { service: 'late', victims: 'never', payment: 'never' }),
  (place) => decided(fights(place), 5, { decision: 'detention', family: 'at', detention: 'at', victims: 'noted' }),
  (place) => decided(fights(place), 5, { decision: 'detention', family: 'over', detention: 'over' }),
  (place) => decided(fights(place), 5, { decision: 'detention', family: 'never', detention: 'unsecured' }),
  (place) => decided(fights(place), 5, { decision: 'detention', family: 'noted', detention: 'deferred' }),
];

const minor = (place: Place): Opened => opened(place, '寻衅滋事', { age: 'under18' });

/** Mediated twice without success, then decided: at the limits, over them and never. */
function mediated(second: How, rounds: 2 | 3, decision: How): (place: Place) => CaseTelling {
  return (place) => {
    const one = fights(place);
    const { told, filedAt } = one;
    const { failedAt, part } = mediateTwice(told, plus(filedAt, 20 * hour), second, rounds);
    return endAfter(one, decideAfter(told, failedAt, part, decision));
  };
}

/** Agreed, and the agreement is not kept. */
function broken(decision: How): (place: Place) => CaseTelling {
  return (place) => {
    const one = fights(place);
    const { told, filedAt } = one;
    const part = mediate(told, 1, 'agreed', plus(filedAt, 20 * hour));
    const brokenAt = plus(filedAt, 4 * 24 * hour);
    tellOf(told, 'break_agreement', brokenAt, {}, part);
    return endAfter(one, decideAfter(told, brokenAt, part, decision));
  };
}

function endAfter(one: Opened, at: Date | null): CaseTelling {
  const { told, filedAt, cast } = one;
  owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
  if (at) conclude(told, at, endingOf(one, {}), cast);
  return told;
}

/** A price is appraised, and the opinion served: CAS-19. */
const appraised =
  (service: How): ((place: Place) => CaseTelling) =>
  (place) => {
    const one = opened(place, '故意损毁财物');
    appraise(one.told, plus(one.filedAt, 5 * hour), { kind: 'price' }, 'soon', service, {
      suspect: true,
      victim: true,
    });
    return decided(one, 20, {});
  };

export const decisionTurns = [
  ...endings,
  mediated('at', 2, 'soon'),
  mediated('over', 2, 'at'),
  mediated('soon', 3, 'over'),
  mediated('soon', 2, 'never'),
  broken('soon'),
  broken('late'),
  appraised('at'),
  appraised('over'),
  appraised('never'),
];
