import { demand, type How, owe, timely } from './case-duties.ts';
import { answer, opened, type Place, reported } from './case-opened.ts';
import { conclude, type Ending } from './case-penalty.ts';
import type { Age } from './case-people.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endingOf } from './case-turns-decisions.ts';
import { endOfDays, hour, minute, plus } from './time.ts';

/** Another administrative case: CAS-09 leaves ninety days. */
function other(how: How, change: Partial<Ending>, isPaused = false): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '旅馆业未登记住宿人员', { kind: 'other_admin' });
    const { told, filedAt, cast } = one;
    const first = endOfDays(filedAt, 90);
    const due = isPaused ? endOfDays(filedAt, 90 + 20) : first;
    if (isPaused) {
      const from = plus(filedAt, 6 * 24 * hour);
      const until = plus(from, 20 * 24 * hour);
      const part = told.chance.id(from, 'suspension');
      tellOf(told, 'suspend', from, { reason: 'appraisal' }, part);
      tellOf(told, 'resume', until, {}, part);
      owe(told, 'CAS-09', filedAt, first, null, { gone: from });
      told.planted.push({ rule: 'CAS-09', subject: told.id, opened: filedAt, since: from, gone: until });
    }
    const since = isPaused ? { since: plus(filedAt, 26 * 24 * hour) } : {};
    const at = timely(how, due, plus(filedAt, (isPaused ? 95 : 30) * 24 * hour), plus(due, 9 * 24 * hour));
    owe(told, 'CAS-09', filedAt, due, at, since);
    if (at) conclude(told, at, endingOf(one, { kind: 'other_admin', ...change }), cast);
    return told;
  };
}

/** Another law sets the term: no duty of CAS-09. */
function otherwise(place: Place): CaseTelling {
  const one = opened(place, '消防安全违法', { kind: 'other_admin' });
  const { told, filedAt, cast } = one;
  tellOf(told, 'grade', plus(filedAt, hour), { otherTerm: true });
  owe(told, 'CAS-09', filedAt, endOfDays(filedAt, 90), null, { gone: plus(filedAt, hour) });
  conclude(told, plus(filedAt, 15 * 24 * hour), endingOf(one, { kind: 'other_admin' }), cast);
  return told;
}

/** Fast track, never for a minor: 48 hours from the suspect's arrival, unless it is left for the ordinary procedure. */
function fast(how: How | 'left', age: Age = 'adult'): (place: Place) => CaseTelling {
  return (place) => {
    const one = opened(place, '赌博', { age });
    const { told, filedAt, cast } = one;
    const arrivedAt = plus(filedAt, 20 * minute);
    const trackAt = plus(arrivedAt, 40 * minute);
    tellOf(told, 'fast_track', trackAt, { suspectArrivedAt: arrivedAt.toISOString() });
    const due = plus(arrivedAt, 48 * hour);
    const at =
      how === 'left'
        ? plus(filedAt, 9 * 24 * hour)
        : timely(how, due, plus(arrivedAt, 30 * hour), plus(due, 20 * hour));
    if (how === 'left') {
      const leftAt = plus(arrivedAt, 40 * hour);
      tellOf(told, 'leave_fast_track', leftAt);
      owe(told, 'CAS-10a', arrivedAt, due, null, { since: trackAt, gone: leftAt });
      demand(told, 'CAS-10b', trackAt, age === 'adult', { gone: leftAt });
    } else {
      owe(told, 'CAS-10a', arrivedAt, due, at, { since: trackAt });
      demand(told, 'CAS-10b', trackAt, age === 'adult');
    }
    owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
    if (at) conclude(told, at, endingOf(one, { fine: 300, level: 'station' }), cast);
    return told;
  };
}

/** Refused: CAS-34b tells the reporter within three days. */
function refused(how: How | 'noted'): (place: Place) => CaseTelling {
  return (place) => {
    const told = reported(place, 'public_order', '殴打他人');
    const at = plus(told.reportedAt, 5 * hour);
    answer(told, at);
    tellOf(told, 'refuse', at, { refuseReason: '经调查,没有违法事实。' });
    const due = endOfDays(at, 3);
    if (how === 'noted') {
      tellOf(told, 'note_unreachable', plus(at, hour));
      owe(told, 'CAS-34b', at, due, null, { excused: plus(at, hour) });
      return told;
    }
    const servedAt = timely(how, due, plus(at, 20 * hour), plus(due, 30 * hour));
    if (servedAt) tellOf(told, 'serve_refusal', servedAt);
    owe(told, 'CAS-34b', at, due, servedAt);
    return told;
  };
}

/** Ended without a decision: CAS-34c tells reporter and victim within seven days. */
function ended(how: How, closure: 'terminated' | 'withdrawn'): (place: Place) => CaseTelling {
  return (place) => {
    const { told, filedAt } = opened(place, '寻衅滋事');
    const at = plus(filedAt, 12 * 24 * hour);
    tellOf(told, 'close', at, { closure });
    owe(told, 'CAS-08', filedAt, endOfDays(filedAt, 30), at);
    const due = endOfDays(at, 7);
    const toldAt = timely(how, due, plus(at, 40 * hour), plus(due, 30 * hour));
    if (toldAt) tellOf(told, 'tell_outcome', toldAt);
    // whom nobody could reach when it was accepted need not be told again
    const noted = told.happenings.some(({ step }) => step.verb === 'note_unreachable');
    owe(told, 'CAS-34c', at, due, toldAt, noted ? { excused: at } : {});
    return told;
  };
}

/** Found on patrol: there is no reporter to hand a receipt to. */
function discovered(place: Place): CaseTelling {
  const told = reported(place, 'public_order', '赌博', { discovered: true });
  const at = plus(told.reportedAt, 20 * minute);
  answer(told, at);
  tellOf(told, 'file', at);
  owe(told, 'CAS-08', at, endOfDays(at, 30), plus(at, 5 * 24 * hour));
  const decidedAt = plus(at, 5 * 24 * hour);
  const ending = endingOf({ told, filedAt: at, cast: { age: 'adult', victims: [] } }, { decision: 'warning' });
  conclude(told, decidedAt, ending, { age: 'adult', victims: [] });
  return told;
}

/** Served within seven working days. */
const licence: Partial<Ending> = { decision: 'closure', service: 'at' };

export const otherTurns = [
  other('soon', licence),
  other('at', { service: 'over' }),
  other('over', { fine: 2000, hearing: 'silent' }),
  other('late', { fine: 1999, service: 'never' }),
  other('never', {}),
  other('soon', { decision: 'revocation' }, true),
  otherwise,
  fast('soon'),
  fast('at'),
  fast('over'),
  fast('never'),
  fast('left'),
  fast('soon', 'under18'),
  refused('soon'),
  refused('at'),
  refused('over'),
  refused('never'),
  refused('noted'),
  ended('soon', 'withdrawn'),
  ended('at', 'terminated'),
  ended('over', 'terminated'),
  ended('never', 'terminated'),
  discovered,
];
