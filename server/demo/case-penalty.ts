import { demand, type How, usually } from './case-duties.ts';
import { type Execution, execute, type Payment } from './case-execution.ts';
import type { Cast } from './case-people.ts';
import { serve } from './case-serving.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import type { Chance } from './chance.ts';
import type { DemoPerson } from './people.ts';
import { hour, minute, plus, second } from './time.ts';

export type Decision = 'warning' | 'fine' | 'detention' | 'revocation' | 'closure' | 'no_penalty' | 'mediation';
export type Order = 'before' | 'same' | 'after' | 'never';

/** How a case ends: what is decided, at which level, after which preparation, and how it is served and executed. */
export interface Ending {
  kind: 'public_order' | 'other_admin';
  decision: Decision;
  fine?: number;
  level: 'station' | 'county';
  notice: Order;
  /** Noticed by publication: in time, or decided before the seven days were over. */
  published?: 'in_time' | 'too_soon';
  guardian: boolean;
  /** The right to a hearing: not duly told, told and waived, told elsewhere, or a hearing held. */
  hearing: 'silent' | 'waived' | 'asked' | 'done';
  grade?: 'publicInterest' | 'intricate' | 'graveOffence';
  review?: Order | 'returned';
  discussion?: Order;
  service: How;
  victims: How | 'noted';
  family: How | 'noted';
  detention: Execution;
  payment: Payment;
}

/** What happens in most cases. */
export function drawEnding(chance: Chance, cast: Cast): Ending {
  const decision = chance.weighted({ fine: 45, detention: 20, warning: 10, no_penalty: 8, mediation: 17 });
  const fine = chance.pick([100, 200, 200, 300, 500, 800, 1000, 1500, 3000]);
  const isSmall = decision === 'warning' || (decision === 'fine' && fine <= 1000);
  return {
    kind: 'public_order',
    decision,
    ...(decision === 'fine' || (decision === 'detention' && chance.yes(0.3)) ? { fine } : {}),
    level: isSmall || chance.yes(0.015) ? 'station' : 'county',
    notice: chance.weighted({ before: 970, same: 6, after: 12, never: 12 }),
    guardian: chance.yes(0.9),
    hearing: chance.yes(0.92) ? 'waived' : 'silent',
    service: chance.weighted(usually),
    victims: chance.weighted({ ...usually, noted: 30 }),
    family: chance.weighted({ ...usually, noted: 30 }),
    detention:
      cast.age === 'adult'
        ? chance.weighted({ ...usually, deferred: 30, unsecured: 10 })
        : chance.yes(0.9)
          ? 'spared'
          : 'soon',
    payment:
      decision === 'fine' && fine <= 200 && chance.yes(0.4) ? 'cash' : chance.weighted({ ...usually, deferred: 30 }),
  };
}

const isPenalty = (decision: Decision): boolean => decision !== 'no_penalty' && decision !== 'mediation';

/** Notice, review, discussion, decision, service and execution, and the duties of each. */
export function conclude(told: CaseTelling, at: Date, ending: Ending, cast: Cast): void {
  const { chance } = told;
  const { decision, fine, level } = ending;
  if (isPenalty(decision)) prepare(told, at, ending, cast);
  tellOf(told, 'decide', at, { decision, decisionLevel: level, ...(fine === undefined ? {} : { fine }) });
  if (isPenalty(decision)) judgeDecision(told, at, ending, cast);
  const servedAt = decision === 'mediation' ? null : serve(told, at, ending, cast);
  execute(told, at, servedAt, ending, cast);
  tellOf(told, 'close', plus(at, chance.at('close').int(200, 290) * hour), { closure: 'decided' });
}

/** An instant that is `order` to the decision; null for never. */
const ordered = (order: Order, at: Date, before: Date): Date | null =>
  order === 'never' ? null : order === 'same' ? at : order === 'after' ? plus(at, second) : before;

function prepare(told: CaseTelling, at: Date, ending: Ending, cast: Cast): void {
  const usual = plus(at, -told.chance.at('notice').int(60, 150) * minute);
  // Published: after the end of the seventh day, or on it.
  const noticeAt = ending.published
    ? plus(at, -(ending.published === 'in_time' ? 8 : 7) * 24 * hour)
    : ordered(ending.notice, at, usual);
  if (noticeAt) tellOf(told, 'give_notice', noticeAt, ending.published ? { noticeByPublication: true } : {});
  if (cast.age === 'under18' && ending.guardian) tellOf(told, 'tell_guardian', plus(at, -50 * minute));
  if (ending.hearing === 'waived' && isHearingOwed(ending, cast)) {
    tellOf(told, 'tell_hearing', usual);
    tellOf(told, 'waive_hearing', plus(usual, 20 * minute));
  }
  if (ending.grade) tellOf(told, 'grade', plus(at, -30 * hour), { [ending.grade]: true });
  if (ending.review) {
    const reviewedAt = ordered(ending.review === 'returned' ? 'before' : ending.review, at, plus(at, -26 * hour));
    const reviewer = reviewerOf(told);
    if (reviewedAt)
      tellOf(
        told,
        'review',
        reviewedAt,
        { legalReview: ending.review === 'returned' ? 'returned' : 'agreed', legalReviewer: reviewer.id },
        undefined,
        reviewer,
      );
  }
  const discussedAt = ending.discussion ? ordered(ending.discussion, at, plus(at, -25 * hour)) : null;
  if (discussedAt) tellOf(told, 'discuss', discussedAt, {}, undefined, told.city.withRole('bureau-leader', told.unit));
}

/** Not the one who judges the unit's findings: whoever reviewed a case is kept from those. */
function reviewerOf({ city, unit }: CaseTelling): DemoPerson {
  const judge = city.withRole('legal-reviewer', unit);
  return city.people.find((person) => person.roles.includes('legal-reviewer') && person.id !== judge.id) ?? judge;
}

function isHearingOwed({ kind, decision, fine }: Ending, cast: Cast): boolean {
  if (decision === 'revocation' || decision === 'closure') return true;
  if (kind === 'public_order' && decision === 'detention' && cast.age === 'under18') return true;
  return (decision === 'fine' || decision === 'detention') && (fine ?? 0) >= (kind === 'public_order' ? 4000 : 2000);
}

/** CAS-12, 13a, 14a, 14b and 15: what had to be so when it was decided. */
function judgeDecision(told: CaseTelling, at: Date, ending: Ending, cast: Cast): void {
  const { kind, decision, fine, level } = ending;
  const isNoticed = ending.published
    ? ending.published === 'in_time'
    : ending.notice === 'before' || ending.notice === 'same';
  demand(told, 'CAS-12', at, isNoticed && (cast.age !== 'under18' || ending.guardian));
  if (isHearingOwed(ending, cast)) demand(told, 'CAS-13a', at, ending.hearing !== 'silent');
  if (kind !== 'public_order') return;
  demand(
    told,
    'CAS-15',
    at,
    decision === 'warning' || (decision === 'fine' && fine !== undefined && fine <= 1000) || level === 'county',
  );
  if (ending.grade === 'intricate' || ending.grade === 'publicInterest' || ending.hearing === 'done')
    demand(told, 'CAS-14a', at, ending.review === 'before' || ending.review === 'same');
  if (ending.grade === 'graveOffence')
    demand(told, 'CAS-14b', at, ending.discussion === 'before' || ending.discussion === 'same');
}
