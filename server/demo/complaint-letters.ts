import { begin, type Complaint, idOfComplaint } from './complaint-opening.ts';
import { atDesk, doneAt, type Manner, met, owe, tellMatter, turnOf } from './matters.ts';
import { endOfWorkingDays, hour, minute, plus } from './time.ts';

/** One in ninety-nine of each; the rest goes well. */
const rare = [
  'sign_at',
  'answer_over',
  'contact_over',
  'redo_well',
  'malicious',
  'call_never',
  'sign_never',
  'answer_at',
  'extended',
  'repeat',
  'redo_never',
  'transferred',
  'contact_at',
  'answer_late',
  'extended_at',
  'malicious',
  'call_at',
  'sign_over',
  'no_contact',
  'answer_never',
  'redo_over',
  'merged',
  'contact_never',
  'extended_late',
  'call_over',
  'redo_at',
  'malicious',
  'itself',
  'sign_late',
  'redo_well',
] as const;
type Turn = (typeof rare)[number] | 'well';

/** The manner that the turn gives to one duty. */
const manner = (turn: Turn, duty: string): Manner =>
  turn.startsWith(`${duty}_`) ? (turn.slice(duty.length + 1) as Manner) : 'well';

/** 局长信箱 and 12345: signed for and contacted in a day, answered in seven working days, called back in five. */
export function letter(told: Complaint): void {
  const drawn = turnOf<Turn>(rare, 'well', 99, told.turn);
  const turn = drawn === 'repeat' && told.serial < 22 ? 'well' : drawn;
  const { receivedAt, chance, city } = told;
  const itself = turn === 'itself' && told.channel === 'mailbox';
  begin(told, {
    itself,
    noContact: turn === 'no_contact',
    ...(turn === 'repeat' ? { facts: { repeatOf: idOfComplaint(city, told.serial - 22, told.aMonth) } } : {}),
  });
  const day = plus(receivedAt, 24 * hour);
  const due = endOfWorkingDays(receivedAt, 7);
  const excused = turn === 'repeat' ? { excused: receivedAt } : {};
  if (turn === 'transferred' || turn === 'merged') {
    const at = plus(receivedAt, chance.int(2, 8) * hour);
    tellMatter(told, turn === 'merged' ? 'merge' : 'transfer', at);
    for (const rule of ['CMP-01a', 'CMP-01b']) owe(told, rule, receivedAt, { due: day, met: at });
    owe(told, 'CMP-01c', receivedAt, { due, met: at });
    return;
  }
  const signedAt = doneAt(manner(turn, 'sign'), day, plus(receivedAt, chance.int(60, 600) * minute));
  if (signedAt) tellMatter(told, 'sign', signedAt);
  owe(told, 'CMP-01a', receivedAt, { due: day, ...met(signedAt), ...excused });
  if (turn === 'repeat') {
    owe(told, 'CMP-01b', receivedAt, { due: day, ...excused });
    owe(told, 'CMP-01c', receivedAt, { due, ...excused });
    return;
  }
  const soon = plus(signedAt && signedAt < day ? signedAt : receivedAt, 20 * minute);
  const contactedAt = turn === 'no_contact' ? null : doneAt(manner(turn, 'contact'), day, soon < day ? soon : day);
  if (contactedAt) tellMatter(told, 'contact', contactedAt);
  const answeredAt = answer(told, turn, due);
  owe(told, 'CMP-01b', receivedAt, {
    due: day,
    ...met(contactedAt ?? answeredAt),
    ...(turn === 'no_contact' ? { excused: receivedAt } : {}),
  });
  if (answeredAt) callBack(told, turn, answeredAt);
}

/** CMP-01c: seven working days, eight more with approval in time. */
function answer(told: Complaint, turn: Turn, first: Date): Date | null {
  const { receivedAt, chance } = told;
  const soon = atDesk(plus(receivedAt, chance.at('answer').int(30, 150) * hour));
  const facts = {
    opinion:
      turn === 'malicious' ? 'untrue' : chance.at('opinion').weighted({ true: 20, partly: 15, untrue: 25, help: 40 }),
    answerNumber: `澜公信复〔${receivedAt.getUTCFullYear()}〕${told.serial + 1}号`,
  };
  const say = (at: Date | null) => {
    if (at) tellMatter(told, 'answer', at, facts);
    return at;
  };
  if (turn !== 'extended' && turn !== 'extended_at' && turn !== 'extended_late') {
    const at = say(doneAt(manner(turn, 'answer'), first, soon));
    owe(told, 'CMP-01c', receivedAt, { due: first, ...met(at) });
    return at;
  }
  const approvedAt = turn === 'extended_late' ? plus(first, 2 * hour) : plus(first, -20 * hour);
  tellMatter(
    told,
    'extend',
    approvedAt,
    { level: 'county', days: 8 },
    chance.id(approvedAt, 'extension'),
    told.city.withRole('bureau-leader', told.unit),
  );
  const second = endOfWorkingDays(receivedAt, 15);
  const at = say(turn === 'extended_at' ? second : plus(first, 30 * hour));
  if (turn === 'extended_late') owe(told, 'CMP-01c', receivedAt, { due: first, ...met(at) });
  else {
    owe(told, 'CMP-01c', receivedAt, { due: first, gone: approvedAt });
    owe(told, 'CMP-01c', receivedAt, { due: second, since: approvedAt, ...met(at) });
  }
  return at;
}

/** CMP-06: called back in five working days; whoever is not satisfied is checked again in ten. */
function callBack(told: Complaint, turn: Turn, answeredAt: Date): void {
  const { chance, city } = told;
  const due = endOfWorkingDays(answeredAt, 5);
  tellMatter(told, 'close', plus(answeredAt, 10 * minute));
  if (turn === 'malicious') {
    // 维权: not believed, and the officer's name cleared
    const dismissedAt = plus(answeredAt, 3 * hour);
    tellMatter(told, 'dismiss', dismissedAt, {}, undefined, city.withRole('bureau-leader', told.unit));
    tellMatter(told, 'clear', plus(dismissedAt, 26 * hour), {}, undefined, told.clerk);
    owe(told, 'CMP-06a', answeredAt, { due, excused: dismissedAt });
    return;
  }
  if (turn === 'no_contact') {
    owe(told, 'CMP-06a', answeredAt, { due, excused: answeredAt });
    return;
  }
  const at = doneAt(manner(turn, 'call'), due, atDesk(plus(answeredAt, chance.at('call').int(20, 70) * hour)));
  owe(told, 'CMP-06a', answeredAt, { due, ...met(at) });
  if (!at) return;
  const dissatisfied = turn.startsWith('redo_');
  const satisfaction = dissatisfied ? 'dissatisfied' : chance.at('voice').weighted({ satisfied: 78, basically: 22 });
  tellMatter(told, 'call_back', at, { satisfaction }, undefined, told.clerk);
  if (!dissatisfied) return;
  const again = endOfWorkingDays(at, 10);
  const redoneAt = doneAt(manner(turn, 'redo'), again, plus(at, chance.int(40, 180) * hour));
  if (redoneAt) tellMatter(told, 'redo', redoneAt);
  owe(told, 'CMP-06b', at, { due: again, ...met(redoneAt) });
}
