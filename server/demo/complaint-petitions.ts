import { begin, type Complaint } from './complaint-opening.ts';
import { doneAt, type Manner, met, owe, tellMatter, turnOf } from './matters.ts';
import { dayOf, endOf, endOfDays, endOfWorkingDays, hour, minute, plus } from './time.ts';

/** 信访: the long ones come first, so that they end within the life of the city. */
const rare = [
  'close_at',
  'close_over',
  'close_never',
  'extended',
  'extended_untold',
  'review_well',
  'review_at',
  'review_over',
  'review_never',
  'review_hearing',
  're_review',
  'tell_at',
  'tell_over',
  'tell_oral',
  'tell_never',
  'object_well',
  'object_at',
  'object_over',
  'object_never',
  'no_contact',
  'transferred',
  'other_procedure',
] as const;
type Turn = (typeof rare)[number] | 'well';

const manner = (turn: Turn, duty: string): Manner =>
  turn.startsWith(`${duty}_`) ? (turn.slice(duty.length + 1) as Manner) : 'well';

export function petition(told: Complaint): void {
  const turn: Turn = told.turn < rare.length ? (rare[told.turn] ?? 'well') : turnOf<Turn>(rare, 'well', 45, told.turn);
  const { receivedAt, chance } = told;
  const isReferred = turn.startsWith('object_') || chance.at('referred').yes(0.3);
  begin(told, {
    about: chance.at('about').yes(0.6),
    noContact: turn === 'no_contact',
    facts: {
      ...(isReferred ? { referredAt: receivedAt.toISOString() } : {}),
      ...(turn === 'other_procedure' ? { otherProcedure: true } : {}),
    },
  });
  tellMatter(told, 'sign', plus(receivedAt, 90 * minute));
  if (turn === 'other_procedure') {
    const answeredAt = plus(receivedAt, 80 * hour);
    tellMatter(told, 'answer', answeredAt, { opinion: 'help' });
    called(told, answeredAt);
    return;
  }
  const due = endOfDays(receivedAt, 15);
  if (turn === 'transferred') {
    const at = plus(receivedAt, 50 * hour);
    tellMatter(told, 'transfer', at);
    owe(told, 'CMP-02a', receivedAt, { due, met: at });
    return;
  }
  if (turn.startsWith('object_')) {
    objection(told, turn, due);
    return;
  }
  const acceptedAt = plus(receivedAt, chance.at('accept').int(20, 90) * hour);
  tellMatter(told, 'accept', acceptedAt);
  const toldAt =
    turn === 'no_contact' || turn === 'tell_oral'
      ? null
      : doneAt(manner(turn, 'tell'), due, plus(acceptedAt, 30 * minute));
  if (toldAt) tellMatter(told, 'tell', toldAt, { toldBy: chance.yes(0.5) ? 'paper' : 'message' });
  if (turn === 'tell_oral') tellMatter(told, 'tell', plus(acceptedAt, hour), { toldBy: 'oral' });
  owe(told, 'CMP-02a', receivedAt, {
    due,
    ...met(toldAt),
    ...(turn === 'no_contact' ? { excused: receivedAt } : {}),
  });
  const answeredAt = settle(told, turn, acceptedAt);
  if (!answeredAt) return;
  called(told, answeredAt, turn === 'no_contact');
  if (turn.startsWith('review_') || turn === 're_review') review(told, turn, answeredAt);
}

/** CMP-02b: five working days to say that it is not ours, then it goes back. */
function objection(told: Complaint, turn: Turn, due: Date): void {
  const { receivedAt } = told;
  const foundAt = plus(receivedAt, 5 * hour);
  tellMatter(told, 'find_not_ours', foundAt);
  const five = endOfWorkingDays(receivedAt, 5);
  const objectedAt = doneAt(manner(turn, 'object'), five, plus(receivedAt, 50 * hour));
  owe(told, 'CMP-02b', receivedAt, { due: five, since: foundAt, ...met(objectedAt) });
  const at = plus(objectedAt ?? five, 20 * hour);
  if (objectedAt) {
    tellMatter(told, 'object', objectedAt);
    tellMatter(told, 'transfer', at);
  }
  owe(told, 'CMP-02a', receivedAt, { due, ...(objectedAt ? { met: at } : {}) });
}

/** CMP-03: sixty days and once thirty more. */
function settle(told: Complaint, turn: Turn, acceptedAt: Date): Date | null {
  const { chance } = told;
  const first = endOfDays(acceptedAt, 60);
  const finish = (at: Date | null) => {
    if (at)
      tellMatter(told, 'answer', at, {
        opinion: chance.at('opinion').weighted({ true: 20, partly: 30, untrue: 50 }),
        answerNumber: `澜公信意〔${at.getUTCFullYear()}〕${told.serial + 1}号`,
      });
    return at;
  };
  if (turn !== 'extended' && turn !== 'extended_untold') {
    const soon = plus(acceptedAt, chance.at('settle').int(6, turn.startsWith('review') ? 12 : 40) * 24 * hour);
    const at = finish(doneAt(manner(turn, 'close'), first, soon));
    owe(told, 'CMP-03', acceptedAt, { due: first, ...met(at) });
    return at;
  }
  const approvedAt = plus(acceptedAt, 55 * 24 * hour);
  tellMatter(
    told,
    'extend',
    approvedAt,
    { level: 'county', days: 30, ...(turn === 'extended' ? { reasonToldAt: approvedAt.toISOString() } : {}) },
    chance.id(approvedAt, 'extension'),
    told.city.withRole('bureau-leader', told.unit),
  );
  const at = finish(plus(acceptedAt, 72 * 24 * hour));
  if (turn === 'extended_untold') owe(told, 'CMP-03', acceptedAt, { due: first, ...met(at) });
  else {
    owe(told, 'CMP-03', acceptedAt, { due: first, gone: approvedAt });
    owe(told, 'CMP-03', acceptedAt, { due: endOfDays(acceptedAt, 90), since: approvedAt, ...met(at) });
  }
  return at;
}

/** CMP-06a of a petition: always in time here, unless nobody can be reached. */
function called(told: Complaint, answeredAt: Date, nobody = false): void {
  tellMatter(told, 'close', plus(answeredAt, 10 * minute));
  const due = endOfWorkingDays(answeredAt, 5);
  const at = nobody ? null : plus(answeredAt, 30 * hour);
  if (at)
    tellMatter(told, 'call_back', at, { satisfaction: told.chance.at('voice').yes(0.7) ? 'satisfied' : 'basically' });
  owe(told, 'CMP-06a', answeredAt, { due, ...met(at), ...(nobody ? { excused: answeredAt } : {}) });
}

/** CMP-04: thirty days for the review, thirty for the second; a hearing does not count. */
function review(told: Complaint, turn: Turn, answeredAt: Date): void {
  const { chance } = told;
  const ask = (kind: 'review' | 're_review', at: Date, how: Manner, due = endOfDays(at, 30)): Date | null => {
    const part = chance.id(at, kind);
    tellMatter(told, 'ask_review', at, { kind }, part);
    const givenAt = doneAt(how, due, plus(at, 20 * 24 * hour));
    if (givenAt) tellMatter(told, 'review', givenAt, { outcome: 'upheld' }, part);
    if (turn !== 'review_hearing') owe(told, 'CMP-04', at, { occurrence: part, due, ...met(givenAt) });
    return givenAt;
  };
  const requestedAt = plus(answeredAt, 6 * 24 * hour);
  if (turn === 'review_hearing') {
    const from = plus(requestedAt, 8 * 24 * hour);
    const until = plus(from, 4 * 24 * hour);
    const hearing = chance.id(from, 'hearing');
    const later = endOfDays(requestedAt, 30 + dayOf(until) - dayOf(from));
    ask('review', requestedAt, 'at', later);
    tellMatter(told, 'start_hearing', from, {}, hearing);
    tellMatter(told, 'end_hearing', until, {}, hearing);
    const duty = { occurrence: chance.id(requestedAt, 'review') };
    owe(told, 'CMP-04', requestedAt, { ...duty, due: endOfDays(requestedAt, 30), gone: from });
    owe(told, 'CMP-04', requestedAt, { ...duty, since: from, gone: until });
    owe(told, 'CMP-04', requestedAt, { ...duty, due: later, since: until, met: later });
    return;
  }
  const givenAt = ask('review', requestedAt, turn === 're_review' ? 'well' : manner(turn, 'review'));
  if (turn === 're_review' && givenAt) ask('re_review', plus(givenAt, 48 * hour), 'well');
}

const accusations = ['late', 'at', 'over', 'transferred', 'never', 'other'] as const;

/** 控告申诉 against a measure: thirty days, and no day more for a holiday; CMP-05. */
export function accusation(told: Complaint): void {
  const { receivedAt, chance } = told;
  const turn =
    told.turn < accusations.length
      ? accusations[told.turn]
      : turnOf<(typeof accusations)[number] | 'well'>(accusations, 'well', 17, told.turn);
  const isMeasure = turn !== 'other';
  begin(told, {
    about: true,
    facts: isMeasure ? { measure: chance.pick(['held', 'bail_money', 'unrelated', 'not_lifted', 'misused']) } : {},
  });
  tellMatter(told, 'sign', plus(receivedAt, 70 * minute));
  const due = endOf(dayOf(receivedAt) + 30);
  const soon = plus(receivedAt, chance.int(9, 26) * 24 * hour);
  const at =
    turn === 'transferred' || turn === 'other' ? plus(receivedAt, 60 * hour) : doneAt(turn ?? 'well', due, soon);
  if (turn === 'transferred') tellMatter(told, 'transfer', plus(receivedAt, 60 * hour));
  else if (at)
    tellMatter(told, 'answer', at, { opinion: chance.at('opinion').weighted({ true: 15, partly: 25, untrue: 60 }) });
  if (isMeasure) owe(told, 'CMP-05', receivedAt, { due, ...met(at) });
}

/** 12389 goes to the inspectors; once in eleven it lands with the unit complained about. */
export function discipline(told: Complaint): void {
  const { receivedAt, chance } = told;
  const itself = told.turn % 11 === 4;
  if (itself) {
    told.unit = told.city.stations[told.turn % told.city.stations.length] ?? told.unit;
    told.handler = chance.at('handler').pick(told.city.police(told.unit.id));
  }
  begin(told, { about: true, itself });
  tellMatter(told, 'sign', plus(receivedAt, 100 * minute));
  tellMatter(told, 'contact', plus(receivedAt, 6 * hour));
  const answeredAt = plus(receivedAt, chance.int(3, 12) * 24 * hour);
  tellMatter(told, 'answer', answeredAt, {
    opinion: chance.at('opinion').weighted({ true: 12, partly: 20, untrue: 68 }),
  });
  tellMatter(told, 'close', plus(answeredAt, 30 * minute));
}
