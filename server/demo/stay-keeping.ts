import { book, isFree } from './diary.ts';
import type { Ending } from './stay-clock.ts';
import { demand, type Interview, isHeld, iso, manner, owe, type StayTelling, tellStay } from './stay-telling.ts';
import { hour, minute, plus, second } from './time.ts';

/** PER-20a: somebody on watch all the time beside the interviews, no hole over a quarter of an hour. */
export function watch(told: StayTelling, leftAt: Date): void {
  if (!isHeld(told)) return;
  const { enteredAt, chance } = told;
  const how = manner(told, 'PER-20a', { whole: 968, at: 8, over: 10, none: 14 });
  const from = plus(enteredAt, how === 'at' ? 15 * minute : how === 'over' ? 15 * minute + second : 0);
  if (how !== 'none') {
    const watchers = told.city.people.filter((one) => one.unit === told.unit.id && one.kind === 'auxiliary');
    const middle = plus(from, Math.floor((leftAt.getTime() - from.getTime()) / 2 / minute) * minute);
    [
      [from, middle],
      [middle, leftAt],
    ].forEach(([start, end], i) => {
      if (!start || !end) return;
      const part = chance.id(start, `watch ${i}`);
      const watcher = watchers[i % Math.max(watchers.length, 1)] ?? told.clerk;
      tellStay(told, 'watch', start, { watcher: watcher.id }, part);
      tellStay(told, 'end_watch', end, {}, part);
    });
  }
  demand(told, 'PER-20a', leftAt, how === 'whole' || how === 'at');
}

/** PER-16: who stays over six hours has eaten and rested by then. */
export function care(told: StayTelling, leftAt: Date): void {
  const { enteredAt, chance } = told;
  const due = plus(enteredAt, 6 * hour);
  const duty = { opened: enteredAt, due };
  if (leftAt <= due) {
    owe(told, 'PER-16', { ...duty, gone: leftAt });
    return;
  }
  const how = manner(told, 'PER-16', { right: 930, at: 10, over: 10, meal: 20, none: 30 });
  const mealAt = plus(enteredAt, chance.at('meal').int(180, 320) * minute);
  const restAt =
    how === 'at' ? due : how === 'over' ? plus(due, second) : plus(mealAt, chance.at('rest').int(15, 35) * minute);
  if (how !== 'none') tellStay(told, 'care', mealAt, { kind: 'meal', endedAt: iso(mealAt) }, chance.id(mealAt, 'meal'));
  const rests = how !== 'none' && how !== 'meal';
  if (rests) tellStay(told, 'care', restAt, { kind: 'rest', endedAt: iso(restAt) }, chance.id(restAt, 'rest'));
  owe(told, 'PER-16', { ...duty, ...(rests ? { met: restAt } : {}) });
}

/** PER-17: fingerprints and a portrait, approved before; of a victim with consent; none twice. */
export function sample(told: StayTelling, from: Date): void {
  const { guest, chance } = told;
  if (guest.role === 'suspect') {
    if (chance.at('samples').yes(0.8)) take(told, 'dna', plus(from, 3 * minute), plus(from, -minute));
    return;
  }
  const free = guest.role === 'offender' ? chance.at('samples').yes(0.75) : chance.at('samples').yes(0.12);
  const how = manner(told, 'PER-17', { right: 930, at: 10, over: 12, none: 12, repeated: 18, refused: 18 });
  if (!free && !told.wish.manners?.['PER-17']) return;
  const at = plus(from, 4 * minute);
  const approvedAt = how === 'at' ? at : how === 'over' ? plus(at, second) : plus(at, -6 * minute);
  const given = guest.role !== 'offender' && how !== 'refused';
  const isApproved = how !== 'over' && how !== 'none';
  const isRight = isApproved && (guest.role === 'offender' || given);
  const kinds = guest.role === 'offender' ? ['fingerprint', 'portrait'] : ['fingerprint'];
  for (const [i, kind] of kinds.entries()) {
    const when = plus(at, i * second);
    const part = take(
      told,
      kind,
      when,
      how === 'none' ? null : i > 0 && how === 'over' ? plus(when, second) : approvedAt,
      given,
    );
    demand(told, 'PER-17', when, isRight, part);
  }
  if (how !== 'repeated') return;
  const again = plus(at, 20 * minute);
  demand(told, 'PER-17', again, false, take(told, 'fingerprint', again, plus(again, -5 * minute), given));
}

function take(told: StayTelling, kind: string, at: Date, approvedAt: Date | null, given = false): string {
  const part = told.chance.id(at, `sample ${kind}`);
  // an approval that comes later is written down when it is there
  const known = approvedAt && approvedAt > at ? approvedAt : at;
  tellStay(
    told,
    'sample',
    at,
    {
      kind,
      takenBy: told.co.id,
      ...(approvedAt ? { approvedAt: iso(approvedAt), level: 'unit' } : {}),
      ...(given ? { consented: true } : {}),
    },
    part,
    told.co,
    known,
  );
  return part;
}

/** PER-18: belongings are listed and signed, kept by somebody else than the case officers, given back on leaving. */
export function keep(told: StayTelling, from: Date, leftAt: Date): void {
  if (
    !isHeld(told) ||
    (!told.chance.at('belongings').yes(0.7) && !told.wish.manners?.['PER-18a'] && !told.wish.manners?.['PER-18b'])
  )
    return;
  const { chance, clerk, lead } = told;
  const how = manner(told, 'PER-18a', { right: 955, officer: 20, unsigned: 25 });
  const back = manner(told, 'PER-18b', { soon: 915, at: 10, over: 10, late: 15, never: 15, converted: 35 });
  const at = plus(from, 2 * minute);
  const part = chance.id(at, 'belonging');
  const description = chance.at('what').pick(['手机1部', '钱包1个（内有现金260元）', '钥匙1串', '手机1部、皮带1条']);
  tellStay(
    told,
    'deposit',
    at,
    {
      description,
      ...(how === 'unsigned' ? {} : { signed: true }),
      keeper: how === 'officer' ? lead.id : clerk.id,
    },
    part,
  );
  demand(told, 'PER-18a', at, how === 'right', part);
  if (back === 'converted') {
    tellStay(told, 'convert', plus(at, 45 * minute), {}, part, lead);
    return;
  }
  const due = plus(leftAt, 30 * minute);
  const backAt = {
    soon: plus(leftAt, -2 * minute),
    at: due,
    over: plus(due, second),
    late: plus(due, 20 * hour),
    never: null,
  }[back];
  if (backAt) tellStay(told, 'give_back', backAt, { receiver: told.guest.name }, part);
  owe(told, 'PER-18b', { occurrence: part, opened: leftAt, due, ...(backAt ? { met: backAt } : {}) });
}

/** PER-01b: taken out for evidence or to the scene, approved before. */
export function takeOut(told: StayTelling, interviews: readonly Interview[], leftAt: Date): boolean {
  const wished = told.wish.manners?.['PER-01b'];
  if (!isHeld(told) || (!wished && !told.chance.at('out').yes(told.guest.role === 'suspect' ? 0.1 : 0.03)))
    return false;
  const from = plus(interviews.at(-1)?.until ?? plus(told.enteredAt, 40 * minute), 5 * minute);
  const until = plus(leftAt, -12 * minute);
  if (plus(from, 25 * minute) > until) return false;
  const how = manner(told, 'PER-01b', { right: 880, at: 30, over: 30, none: 30, other: 30 });
  const part = told.chance.id(from, 'leave');
  const approvedAt = how === 'over' ? plus(from, second) : how === 'at' ? from : plus(from, -10 * minute);
  tellStay(
    told,
    'take_out',
    from,
    {
      reason: how === 'other' ? 'other' : told.chance.at('out why').pick(['evidence', 'scene', 'identification']),
      escorts: [told.lead.id, told.co.id],
      ...(how === 'none' ? {} : { approvedAt: iso(approvedAt), level: 'unit' }),
    },
    part,
    told.lead,
    how === 'over' ? approvedAt : from,
  );
  tellStay(told, 'bring_back', until, {}, part, told.lead);
  const isRight = how === 'right' || how === 'at';
  demand(told, 'PER-01b', from, isRight, part);
  return true;
}

/** PER-20d: into a waiting room that nobody else has; the stories of two in one room name it. */
export function wait(told: StayTelling, interviews: readonly Interview[], leftAt: Date): Date | null {
  if (!isHeld(told)) return null;
  if (told.guest.basis === 'continued_questioning' && !told.wish.waitingRoom) return null;
  const from = told.wish.waitingRoom
    ? plus(told.arrivedAt, 90 * minute)
    : plus(interviews.at(-1)?.until ?? told.enteredAt, 4 * minute);
  const until = plus(leftAt, -8 * minute);
  if (!told.wish.waitingRoom && (!told.chance.at('waits').yes(0.35) || plus(from, 30 * minute) > until)) return null;
  const room = told.wish.waitingRoom ?? roomOf(told, from, until);
  if (!room) return null;
  tellStay(told, 'wait', from, { waitingRoom: room });
  tellStay(told, 'end_wait', until, {});
  if (!told.wish.waitingRoom) demand(told, 'PER-20d', from, true);
  return from;
}

function roomOf(told: StayTelling, from: Date, until: Date): string | null {
  const place = told.centre ? '望办案' : told.unit.short.replace('所', '');
  for (let n = 1; n <= 8; n += 1) {
    const room = `${place}-候问室-${String(n).padStart(2, '0')}`;
    if (!isFree(told.city, room, from, until)) continue;
    book(told.city, [room], from, until);
    return room;
  }
  return null;
}

/** The way out: PER-02b, and PER-20b before a hand-over. */
export function leave(told: StayTelling, { leftAt, detainedAt, destination }: Ending): void {
  const isNamed = manner(told, 'PER-02b', { right: 985, nowhere: 15 }) === 'right';
  if (detainedAt) tellStay(told, 'detain', detainedAt, {}, undefined, told.lead);
  const handedOver = isNamed && (destination === 'detention_house' || destination === 'administrative_house');
  if (handedOver) {
    const how = manner(told, 'PER-20b', { right: 925, at: 15, over: 15, none: 25, unfit: 20 });
    const checkedAt = how === 'at' ? leftAt : how === 'over' ? plus(leftAt, second) : plus(leftAt, -25 * minute);
    if (how !== 'none')
      tellStay(
        told,
        'check_health',
        checkedAt,
        { checkResult: how === 'unfit' ? 'unfit' : 'fit' },
        undefined,
        told.lead,
      );
    demand(told, 'PER-20b', leftAt, how === 'right' || how === 'at');
  }
  tellStay(told, 'leave', leftAt, isNamed ? { destination } : {});
  demand(told, 'PER-02b', leftAt, isNamed);
}
