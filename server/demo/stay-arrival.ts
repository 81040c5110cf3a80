import type { Restraint } from './stay-clock.ts';
import { demand, isHeld, iso, manner, owe, type StayTelling, tellStay } from './stay-telling.ts';
import { dayOf, dayText, hour, minute, plus, second, yearOf } from './time.ts';

const summonses = ['admin_summons', 'coerced_summons', 'criminal_summons', 'detained_summons'];

/** The arrival as it is registered, with the summons behind it (PER-08). */
export function arrive(told: StayTelling, stated: Record<string, unknown>): void {
  const { guest, arrivedAt, unit } = told;
  const serial = told.key.replace(/\D/g, '').slice(-9);
  tellStay(told, 'arrive', arrivedAt, {
    number: `${unit.code.slice(0, 6)}-区-${dayText(dayOf(arrivedAt)).replaceAll('-', '')}-${serial}`,
    unit: unit.id,
    basis: guest.basis,
    role: guest.role,
    name: guest.name,
    identity: guest.identity,
    gender: guest.gender,
    ageClass: guest.ageClass,
    ...(guest.pregnant ? { pregnantOrNursing: true } : {}),
    ...(guest.drunk ? { drunk: true } : {}),
    ...(told.case ? { case: told.case } : {}),
    ...(causeOf(told) === 'right' ? { cause: told.cause } : {}),
    ...(told.major ? { majorCrime: true } : {}),
    lead: told.lead.id,
    coOfficers: [told.co.id],
    area: told.centre ? 'centre' : 'unit_area',
    ...summons(told, serial),
    ...stated,
  });
}

/** PER-08: approved before, by the right rank; an oral one is noted. */
function summons(told: StayTelling, serial: string): Record<string, unknown> {
  const { guest, arrivedAt, chance } = told;
  if (guest.basis === 'oral_summons') {
    const isNoted = manner(told, 'PER-08', { right: 965, wrong: 35 }) === 'right';
    demand(told, 'PER-08', arrivedAt, isNoted);
    return { credentialShown: true, ...(isNoted ? { oralNoted: true } : {}) };
  }
  if (!summonses.includes(guest.basis)) return {};
  const coerced = guest.basis === 'detained_summons';
  const how = manner(told, 'PER-08', { right: 940, at: 12, over: 12, none: 16, rank: 20 });
  demand(told, 'PER-08', arrivedAt, how === 'right' || how === 'at' || (how === 'rank' && !coerced));
  if (how === 'none') return {};
  const approvedAt =
    how === 'at'
      ? arrivedAt
      : how === 'over'
        ? plus(arrivedAt, second)
        : plus(arrivedAt, -chance.at('approved').int(30, 600) * minute);
  return {
    summonsNumber: `${guest.basis === 'admin_summons' ? '行传' : coerced ? '拘传' : '传'}字〔${yearOf(arrivedAt)}〕${serial.slice(-4)}号`,
    // a second after the arrival is known a second later: told with the approval, below
    ...(how === 'over' ? {} : { summonsApprovedAt: iso(approvedAt) }),
    summonsLevel: coerced && how !== 'rank' ? 'county' : 'unit',
  };
}

/** PER-01a: straight into the area, ten minutes, thirty at a shared centre; a hospital on the way is not counted. */
export function entersAt(told: StayTelling): Date {
  const { arrivedAt, chance } = told;
  const limit = (told.centre ? 30 : 10) * minute;
  const soon = plus(arrivedAt, chance.at('enters').int(60, told.centre ? 1200 : 500) * second);
  if (!isHeld(told)) return soon;
  const how = manner(told, 'PER-01a', { soon: 955, at: 8, over: 8, late: 17, hospital: 12 });
  const due = plus(arrivedAt, limit);
  if (how !== 'hospital') {
    const at = { soon, at: due, over: plus(due, second), late: plus(due, chance.at('late').int(4, 40) * minute) }[how];
    owe(told, 'PER-01a', { opened: arrivedAt, due, met: at });
    return at;
  }
  const from = plus(arrivedAt, 2 * minute);
  const until = plus(from, chance.at('hospital').int(50, 100) * minute);
  const part = chance.id(from, 'hospital');
  tellStay(told, 'take_out', from, { reason: 'hospital', escorts: [told.lead.id, told.co.id] }, part, told.lead);
  tellStay(told, 'bring_back', until, {}, part, told.lead);
  owe(told, 'PER-01b', { occurrence: part, opened: from, due: from, excused: from });
  const later = plus(due, until.getTime() - from.getTime());
  const at = plus(until, 3 * minute);
  owe(told, 'PER-01a', { opened: arrivedAt, due, gone: from });
  owe(told, 'PER-01a', { opened: arrivedAt, since: from, gone: until });
  owe(told, 'PER-01a', { opened: arrivedAt, due: later, since: until, met: at });
  return at;
}

/** PER-02a: what the register of the area holds; without a case nothing stands for a cause that is left out. */
export function enter(told: StayTelling): void {
  const { enteredAt } = told;
  tellStay(told, 'enter', enteredAt, { clerk: told.clerk.id });
  const how = causeOf(told);
  if (how === 'right') {
    demand(told, 'PER-02a', enteredAt, true);
    return;
  }
  const completedAt = plus(enteredAt, 50 * minute);
  owe(told, 'PER-02a', {
    opened: enteredAt,
    due: enteredAt,
    ...(how === 'completed' ? { met: enteredAt, known: completedAt } : {}),
  });
  if (how === 'completed') tellStay(told, 'complete', completedAt, { cause: told.cause });
}

const causeOf = (told: StayTelling): 'right' | 'completed' | 'missing' =>
  told.case ? 'right' : manner(told, 'PER-02a', { right: 94, completed: 3, missing: 3 });

/** PER-20c: a drunk person is restrained and watched, or it is said why not. */
export function restrain(told: StayTelling, restraint: Restraint | null): void {
  if (!told.guest.drunk || !isHeld(told)) return;
  const due = plus(told.enteredAt, hour);
  if (!restraint) {
    const isSaid = told.wish.manners?.['PER-20c'] === 'not_needed' || told.chance.at('said').yes(0.6);
    const saidAt = plus(told.enteredAt, 20 * minute);
    if (isSaid)
      tellStay(told, 'complete', saidAt, { restraintNotNeeded: '神志清醒，能正常应答' }, undefined, told.lead);
    owe(told, 'PER-20c', { opened: told.enteredAt, due, ...(isSaid ? { excused: saidAt } : {}) });
    return;
  }
  const part = told.chance.id(restraint.from, 'restraint');
  const isWatched = manner(told, 'PER-20c', { right: 85, at: 3, over: 3, unwatched: 9 }) !== 'unwatched';
  tellStay(told, 'restrain', restraint.from, isWatched ? { watcher: told.co.id } : {}, part, told.lead);
  tellStay(told, 'end_restraint', restraint.until, { soberAt: iso(restraint.until) }, part, told.lead);
  owe(told, 'PER-20c', { opened: told.enteredAt, due, ...(isWatched ? { met: restraint.from } : {}) });
}

/** Nine drunk people in ten are restrained for some hours; their clock stands still meanwhile. */
export function restraintOf(told: StayTelling): Restraint | null {
  if (!told.guest.drunk || !isHeld(told) || told.wish.manners?.['PER-20c'] === 'not_needed') return null;
  const chance = told.chance.at('restraint');
  if (!told.wish.manners?.['PER-20c'] && chance.yes(0.15)) return null;
  const how = manner(told, 'PER-20c', { right: 85, at: 3, over: 3, unwatched: 9 });
  const wished = how === 'at' ? 60 * 60 : how === 'over' ? 60 * 60 + 1 : chance.int(5, 25) * 60;
  const from = plus(told.enteredAt, wished * second);
  return { from, until: plus(from, chance.int(120, 300) * minute) };
}

/** PER-09: the family is told within two hours of the arrival, or it is noted why not. */
export function tellFamily(told: StayTelling, leftAt: Date): void {
  const { guest, arrivedAt, chance } = told;
  const owed =
    guest.basis === 'continued_questioning' ||
    (guest.role === 'offender' &&
      ['admin_summons', 'oral_summons', 'coerced_summons', 'brought_in'].includes(guest.basis));
  if (!owed) return;
  const how = manner(told, 'PER-09', { soon: 900, at: 8, over: 8, late: 18, never: 16, refused: 50 });
  const due = plus(arrivedAt, 2 * hour);
  if (how === 'refused') {
    const notedAt = plus(arrivedAt, chance.at('noted').int(20, 100) * minute);
    const reason = chance.at('noted why').weighted({ refused: 60, no_family: 25, identity_unknown: 15 });
    tellStay(told, 'note_family', notedAt, { familyNotTold: reason }, undefined, told.lead);
    owe(told, 'PER-09', { opened: arrivedAt, due, excused: notedAt });
    return;
  }
  if (how === 'never') {
    owe(told, 'PER-09', { opened: arrivedAt, due });
    return;
  }
  const at = {
    soon: plus(arrivedAt, chance.at('family').int(12, 110) * minute),
    at: due,
    over: plus(due, second),
    late: leftAt > plus(due, 40 * minute) ? plus(due, 35 * minute) : plus(due, 8 * minute),
  }[how];
  tellStay(told, 'tell_family', at, { familyToldHow: 'phone' }, undefined, told.lead);
  owe(told, 'PER-09', { opened: arrivedAt, due, met: at });
}

/** PER-03: searched before the first interview, half an hour after the entry where there is none; a woman by a woman. */
export function search(told: StayTelling, firstInterview: Date | null): Date | null {
  if (!isHeld(told)) return null;
  const { enteredAt, chance, guest } = told;
  const limit = plus(enteredAt, 30 * minute);
  const due = firstInterview && firstInterview < limit ? firstInterview : limit;
  const how = manner(told, 'PER-03a', { soon: 965, at: 8, over: 8, late: 12, never: 7 });
  const at = {
    soon: plus(enteredAt, chance.at('search').int(90, 480) * second),
    at: due,
    over: plus(due, second),
    late: plus(due, 25 * minute),
    never: null,
  }[how];
  const changes = firstInterview && firstInterview < limit ? firstInterview : null;
  if (changes) owe(told, 'PER-03a', { opened: enteredAt, due: limit, gone: changes });
  owe(told, 'PER-03a', {
    opened: enteredAt,
    due,
    ...(changes ? { since: changes } : {}),
    ...(at ? { met: at } : {}),
  });
  if (!at) return null;
  const by = guest.gender === 'male' ? 'man' : manner(told, 'PER-03b', { woman: 94, man: 4, unknown: 2 });
  const woman = told.city.police(told.unit.id).find((one) => one.gender === 'female') ?? told.clerk;
  tellStay(
    told,
    'search',
    at,
    {
      searcher: by === 'woman' ? woman.id : told.lead.id,
      ...(by === 'unknown' ? {} : { searcherGender: by === 'woman' ? 'female' : 'male' }),
    },
    undefined,
    told.lead,
  );
  if (guest.gender === 'female') demand(told, 'PER-03b', at, by === 'woman');
  return at;
}
