import type { CaseTelling } from './case-telling.ts';
import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { arrive, enter, entersAt, restrain, restraintOf, search, tellFamily } from './stay-arrival.ts';
import { clockOf } from './stay-clock.ts';
import { drawGuest } from './stay-guest.ts';
import { planInterviews, tellInterview } from './stay-interviews.ts';
import { care, keep, leave, sample, takeOut, wait, watch } from './stay-keeping.ts';
import { demand, isHeld, type StayTelling, tellStay, type Wish } from './stay-telling.ts';
import { dayOf, hour, minute, plus, second } from './time.ts';
import type { DemoUnit } from './units.ts';

/** The people of a case who pass through the area: about every second case brings somebody (domain.md §5.3). */
export function staysOf(told: CaseTelling, openedAt: Date): void {
  const known = told.happenings.some(({ step }) => step.verb === 'report' && step.facts?.['suspectKnown'] === true);
  if (!known) return;
  const chance = told.chance.at('stays');
  const count = Number(chance.weighted({ 0: 13, 1: 56, 2: 25, 3: 6 }));
  for (let i = 0; i < count; i += 1) {
    const stay = tellOne(
      told.city,
      told.unit,
      {
        key: `${told.key}-${i}`,
        at: plus(openedAt, chance.int(30 + i * 20, 60 * (i === 0 ? 10 : 30)) * minute),
        case: told.id,
        cause: String(told.happenings[0]?.step.facts?.['cause'] ?? ''),
        criminal: told.criminal,
        lead: told.lead,
        co: told.co,
      },
      {},
    );
    const all = [stay, ...again(stay, chance.at(`again ${i}`))];
    for (const { happenings, planted } of all) {
      told.happenings.push(...happenings);
      told.planted.push(...planted);
    }
  }
}

/** PER-07: now and then somebody is summoned again in the same case, too soon or not. */
function again(stay: StayTelling, chance: Chance): StayTelling[] {
  const { guest, city, unit, cause, lead, co } = stay;
  if (!isHeld(stay) || !summonses.includes(guest.basis) || !chance.yes(0.08)) return [];
  const how = chance.weighted({ short: 30, over: 20, at: 20, long: 30 });
  const gap = { short: 4 * hour, over: 12 * hour - second, at: 12 * hour, long: 20 * hour }[how];
  const { drunk: _sober, ...same } = guest;
  const occasion = {
    key: `${stay.key}7`,
    at: plus(stay.leftAt, gap),
    case: stay.case,
    cause,
    criminal: guest.role === 'suspect',
    lead,
    co,
  };
  return [tellOne(city, unit, occasion, { ...same, manners: { 'PER-07': how } })];
}

export interface Occasion {
  key: string;
  at: Date;
  case: string | null;
  cause: string;
  criminal: boolean;
  lead: DemoPerson;
  co: DemoPerson;
}

/** One stay from the arrival to the way out, with every duty that is owed for it. */
export function tellOne(city: City, unit: DemoUnit, occasion: Occasion, wish: Wish): StayTelling {
  const chance = city.chance(`stay/${occasion.key}`);
  const { at: arrivedAt } = occasion;
  const told: StayTelling = {
    city,
    chance,
    unit,
    id: chance.id(arrivedAt, 'stay'),
    key: occasion.key,
    case: occasion.case,
    cause: occasion.cause,
    wish,
    guest: drawGuest(chance.at('guest'), occasion.criminal, dayOf(arrivedAt), wish),
    lead: occasion.lead,
    co: occasion.co,
    clerk: city.withRole('area-clerk', unit),
    head: city.withRole('unit-head', unit),
    centre: unit.parent === 10,
    arrivedAt,
    enteredAt: arrivedAt,
    leftAt: arrivedAt,
    interviews: [],
    major: occasion.criminal && chance.at('major').yes(0.08),
    happenings: [],
    planted: [],
  };
  told.enteredAt = entersAt(told);
  const restraint = restraintOf(told);
  const ending = clockOf(told, restraint);
  arrive(told, ending.stated);
  enter(told);
  restrain(told, restraint);
  const { leftAt } = ending;
  told.leftAt = leftAt;
  const sober = restraint ? restraint.until : told.enteredAt;
  const interviews = planInterviews(told, sober, plus(ending.detainedAt ?? leftAt, -10 * minute), leftAt);
  const searchedAt = search(told, interviews[0]?.from ?? null) ?? plus(told.enteredAt, 5 * minute);
  keep(told, searchedAt, leftAt);
  tellStay(told, 'collect', plus(searchedAt, 6 * minute));
  sample(told, plus(searchedAt, 7 * minute));
  tellFamily(told, leftAt);
  interviews.forEach((interview, i) => {
    const part = tellInterview(told, interview, i, leftAt);
    for (const rule of ['PER-19a', 'PER-19c']) demand(told, rule, interview.from, true, part);
  });
  told.interviews = interviews;
  if (told.wish.waitingRoom || !takeOut(told, interviews, leftAt)) wait(told, interviews, leftAt);
  care(told, leftAt);
  watch(told, leftAt);
  leave(told, ending);
  backToBack(told);
  return told;
}

const summonses = ['admin_summons', 'oral_summons', 'coerced_summons', 'criminal_summons', 'detained_summons'];

/** PER-07 is owed at every summons; the second one within twelve hours breaks it. */
function backToBack(told: StayTelling): void {
  if (!told.case || !isHeld(told) || !summonses.includes(told.guest.basis)) return;
  const how = told.wish.manners?.['PER-07'];
  demand(told, 'PER-07', told.arrivedAt, how !== 'short' && how !== 'over');
}
