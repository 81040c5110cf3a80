import { bail } from './case-criminal-bail.ts';
import { endInvestigation } from './case-criminal-end.ts';
import { paperNumber, type Taking, take } from './case-criminal-measure.ts';
import {
  days,
  draw,
  earlier,
  type Held,
  heldDays,
  heldMonths,
  later,
  minutes,
  moment,
  owe,
  oweHeld,
  tellHeld,
  usual,
} from './case-criminal-telling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { dayOf, endOf, endOfDays, hour, plus } from './time.ts';

const dayLong = 24 * hour;

/** Detained: questioned, the family told and to the detention house in 24 hours; then the request for arrest. */
export function detain(told: CaseTelling, taking: Omit<Taking, 'kind'>): void {
  const held = take(told, { ...taking, kind: 'detention' });
  const { startedAt } = held;
  const handed = moment(told, 'hand', startedAt, plus(startedAt, dayLong), [120, 1300]);
  const asked = moment(told, 'interrogate', startedAt, plus(startedAt, dayLong), [30, 900]);
  if (handed) tellHeld(held, 'hand_over_person', handed);
  if (asked) tellHeld(held, 'interrogate_first', asked);
  tellFamily(held);
  const drawn = draw(told, 'detention path', { arrest: 52, refused: 22, bailed: 17, released: 9 });
  const path = handed === null && (drawn === 'arrest' || drawn === 'refused') ? 'bailed' : drawn;
  const ended = path === 'bailed' || path === 'released' ? endEarly(held) : requestArrest(held, path);
  const first = plus(startedAt, dayLong);
  oweHeld(held, 'PER-10', startedAt, first, earlier(handed, ended));
  oweHeld(held, 'PER-12', startedAt, first, earlier(asked, ended));
  if (path === 'bailed' && ended) bail(told, ended, held.name);
}

/** PER-11: within 24 hours, or the reason why not; where that falls away, from then on. */
function tellFamily(held: Held, key = 'family'): void {
  const { told, startedAt } = held;
  const first = plus(startedAt, dayLong);
  const untold = draw(told, `${key} untold`, { no: 970, cannot: 20, hinders: 4, gone: 6 });
  if (untold !== 'no') {
    const noted = plus(startedAt, minutes(told, `${key} noted`, 60, 900));
    const from = later(noted, held.floor);
    tellHeld(held, 'leave_family_untold', noted, { familyUntold: untold === 'gone' ? 'cannot' : untold });
    const isExcused = untold !== 'hinders' || held.kind === 'detention';
    const gone = untold === 'gone' ? plus(startedAt, days(told, `${key} gone`, 3, 9)) : null;
    oweHeld(held, 'PER-11', startedAt, first, null, {
      ...(isExcused ? { excused: from } : {}),
      ...(gone ? { gone: later(gone, held.floor) } : {}),
    });
    if (!gone) return;
    tellHeld(held, 'become_tellable', gone);
    const at = moment(told, `${key} after`, gone, plus(gone, dayLong), [30, 900]);
    if (at) tellHeld(held, 'tell_family', at);
    oweHeld(held, 'PER-11', gone, plus(gone, dayLong), at);
    return;
  }
  const at = moment(told, key, startedAt, first, [120, 1200]);
  if (at) tellHeld(held, 'tell_family', at);
  oweHeld(held, 'PER-11', startedAt, first, at);
}

/** Released or bailed within the three days, without a request. */
function endEarly(held: Held): Date {
  const ended = plus(held.startedAt, minutes(held.told, 'detention ended', 26 * 60, 66 * 60));
  tellHeld(held, 'end_measure', ended);
  oweHeld(held, 'CAS-21', held.startedAt, heldDays(held.startedAt, 3), ended);
  return ended;
}

/** CAS-21: three days, one to four more in special cases, thirty for roaming, repeated and gang crime. */
function requestArrest(held: Held, path: 'arrest' | 'refused'): Date | null {
  const { told, startedAt } = held;
  const first = heldDays(startedAt, 3);
  const term = draw(told, 'request term', { plain: 480, special: 330, group: 170, low: 20 });
  const extendedAt = plus(startedAt, minutes(told, 'request extended', 40 * 60, 60 * 60));
  const more = told.chance.at('criminal request days').int(1, 4);
  if (term !== 'plain')
    tellHeld(held, 'extend_request', extendedAt, {
      requestGround:
        term === 'special' ? 'special' : told.chance.at('criminal ground').pick(['roaming', 'repeat', 'gang']),
      requestLevel: term === 'low' ? 'station' : 'county',
      ...(term === 'special' ? { requestDays: more } : {}),
    });
  const due = term === 'special' ? heldDays(startedAt, 3 + more) : term === 'group' ? heldDays(startedAt, 30) : first;
  const soon = term === 'group' ? ([1440, 20 * 1440] as const) : ([60, 720] as const);
  const at =
    term === 'plain'
      ? moment(told, 'request', startedAt, due, [1200, 4000])
      : moment(told, 'request', term === 'low' ? startedAt : extendedAt, due, term === 'low' ? [1200, 4000] : soon);
  if (due > first) {
    const from = later(extendedAt, held.floor);
    oweHeld(held, 'CAS-21', startedAt, first, null, { gone: from });
    oweHeld(held, 'CAS-21', startedAt, due, at, { since: from });
  } else oweHeld(held, 'CAS-21', startedAt, due, at);
  if (!at) return null;
  tellHeld(held, 'request_arrest', at);
  const decidedAt = plus(later(at, held.floor), days(told, 'procurator', 4, 6));
  return path === 'arrest' ? arrestAfter(held, decidedAt) : arrestRefused(held, decidedAt);
}

function arrestAfter(held: Held, decidedAt: Date): Date {
  const at = plus(decidedAt, minutes(held.told, 'arrested', 90, 500));
  tellHeld(held, 'end_measure', at);
  arrest(held.told, at, held.name, true);
  return at;
}

/** CAS-30a: released at once (twelve hours); CAS-30b: the procurator hears of it within three days. */
function arrestRefused(held: Held, refusedAt: Date): Date | null {
  const { told } = held;
  tellHeld(held, 'refuse_arrest', refusedAt);
  const limit = plus(refusedAt, 12 * hour);
  const ended = moment(told, 'release', refusedAt, limit, [30, 600]);
  oweHeld(held, 'CAS-30a', refusedAt, limit, ended);
  if (!ended) return null;
  tellHeld(held, 'end_measure', ended);
  const due = endOfDays(ended, 3);
  const sent = moment(told, 'result', ended, due, [60, 3000]);
  if (sent) tellHeld(held, 'send_result', sent);
  oweHeld(held, 'CAS-30b', ended, due, sent);
  if (draw(told, 'after refusal', { bail: 80, free: 20 }) === 'bail') bail(told, ended, held.name);
  return ended;
}

/** Arrested: questioned and the family told in 24 hours; two months of custody, longer with the procurator's leave. */
export function arrest(told: CaseTelling, startedAt: Date, name: string, isInside: boolean): void {
  const held = take(told, { kind: 'arrest', startedAt, name });
  const first = plus(startedAt, dayLong);
  const asked = moment(told, 'arrest interrogate', startedAt, first, [30, 900]);
  if (asked) tellHeld(held, 'interrogate_first', asked);
  tellFamily(held, 'arrest family');
  const handed = isInside ? null : moment(told, 'arrest hand', startedAt, first, [60, 900]);
  if (handed) tellHeld(held, 'hand_over_person', handed);
  const ended = custody(held);
  if (!isInside) oweHeld(held, 'PER-10', startedAt, first, handed);
  oweHeld(held, 'PER-12', startedAt, first, asked);
  if (ended) endInvestigation(told, ended);
}

/** CAS-22a: two months, one more from the city's procurator, two more from the province's; CAS-22b: asked a week before. */
function custody(held: Held): Date | null {
  const { told, startedAt } = held;
  const first = heldMonths(startedAt, 2);
  const path = draw(told, 'custody', { soon: 640, at: 15, over: 15, late: 30, never: 20, extended: 270, long: 10 });
  if (path === 'extended' || path === 'long') {
    const from = longer(held, 'first', first, heldMonths(startedAt, 3));
    if (!from) return ended(held, first, plus(startedAt, days(told, 'custody', 65, 85)), null);
    oweHeld(held, 'CAS-22a', startedAt, first, null, { gone: from });
    const second = heldMonths(startedAt, 3);
    if (path === 'extended') return ended(held, second, plus(startedAt, days(told, 'custody', 65, 85)), from);
    const again = longer(held, 'second', second, heldMonths(startedAt, 5)) ?? from;
    oweHeld(held, 'CAS-22a', startedAt, second, null, { since: from, gone: again });
    return ended(held, heldMonths(startedAt, 5), plus(startedAt, days(told, 'custody', 100, 125)), again);
  }
  const at = moment(told, 'custody end', startedAt, first, [18 * 1440, 52 * 1440], { [path]: 1 });
  oweHeld(held, 'CAS-22a', startedAt, first, at);
  return at;
}

function ended(held: Held, due: Date, at: Date, since: Date | null): Date {
  oweHeld(held, 'CAS-22a', held.startedAt, due, at, since ? { since } : {});
  return at;
}

/** Asks for more; returns from when on the longer term holds, null where the procurator had no power to grant it. */
function longer(held: Held, stage: 'first' | 'second', expiresAt: Date, until: Date): Date | null {
  const { told } = held;
  const askedBy = endOf(dayOf(expiresAt) - 7);
  const key = `custody request${stage === 'first' ? '' : ' again'}`;
  const { never: _, ...weights } = usual;
  const asked = moment(told, key, plus(askedBy, -6 * 24 * hour), askedBy, [60, 5 * 1440], weights) ?? askedBy;
  const approvedAt = plus(askedBy, 4 * 24 * hour);
  const isLow = stage === 'first' && draw(told, 'custody level', { city: 96, county: 4 }) === 'county';
  const part = told.chance.id(asked, `custody ${stage}`);
  tellOf(
    told,
    'request_custody',
    asked,
    {
      stage,
      expiresAt: expiresAt.toISOString(),
      of: paperNumber(told, '捕字', held.startedAt),
      number: paperNumber(told, '延押字', asked),
    },
    part,
    told.lead,
    later(asked, held.floor),
  );
  tellOf(
    told,
    'approve_custody',
    approvedAt,
    { approver: isLow ? 'county' : stage === 'first' ? 'city' : 'province' },
    part,
  );
  owe(told, 'CAS-22b', asked, askedBy, asked, { occurrence: part, since: later(asked, held.floor) });
  return isLow || approvedAt > until ? null : approvedAt;
}
