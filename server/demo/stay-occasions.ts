import type { City } from './city.ts';
import { book, isFree } from './diary.ts';
import { demand, owe, type StayTelling, type Wish } from './stay-telling.ts';
import { type Occasion, tellOne } from './stays.ts';
import type { Story } from './story.ts';
import { type Day, minute, onDay, plus } from './time.ts';
import type { DemoUnit } from './units.ts';

const offender: Wish = { role: 'offender', basis: 'oral_summons', gender: 'male', ageClass: 'adult', drunk: false };
const suspect: Wish = { ...offender, role: 'suspect', basis: 'criminal_summons' };
const questioned: Wish = { ...offender, basis: 'continued_questioning' };
const long = { 'PER-04': 'extended' };

const each = (wish: Wish, code: string, ...manners: string[]): Wish[] =>
  manners.map((one) => ({ ...wish, manners: { ...wish.manners, [code]: one } }));

/** What chance brings too seldom comes in its turn: every duty in every manner, the very limit and a second over it. */
const wishes: readonly Wish[] = [
  ...each(offender, 'PER-01a', 'at', 'over', 'late', 'hospital'),
  ...each({ ...offender, manners: long }, 'PER-01b', 'right', 'at', 'over', 'none', 'other'),
  ...each(offender, 'PER-02a', 'completed', 'missing'),
  ...each(offender, 'PER-02b', 'nowhere'),
  ...each(offender, 'PER-03a', 'at', 'over', 'late', 'never'),
  ...each({ ...offender, gender: 'female' }, 'PER-03b', 'woman', 'man', 'unknown'),
  ...each(
    offender,
    'PER-04',
    'at',
    'over',
    'late',
    'many',
    'many_at',
    'many_over',
    'extended',
    'extended_at',
    'extended_late',
  ),
  ...each(suspect, 'PER-05', 'at', 'over', 'late', 'extended', 'extended_at'),
  ...each({ ...suspect, basis: 'detained_summons' }, 'PER-05', 'extended', 'wrong_level'),
  ...each(questioned, 'PER-06a', 'normal', 'at', 'over', 'extended', 'by_station', 'chain', 'jump'),
  ...each({ ...questioned, ageClass: 'over70' }, 'PER-06a', 'normal', 'at', 'over'),
  { ...questioned, gender: 'female', pregnant: true },
  ...each(questioned, 'PER-06c', 'at', 'over', 'wrong_level', 'never'),
  ...each({ ...offender, basis: 'admin_summons' }, 'PER-08', 'at', 'over', 'none'),
  ...each({ ...suspect, basis: 'detained_summons' }, 'PER-08', 'rank'),
  ...each(offender, 'PER-08', 'wrong'),
  ...each(offender, 'PER-09', 'at', 'over', 'late', 'never', 'refused'),
  ...each({ ...offender, ageClass: 'under18' }, 'PER-13a', 'present', 'at', 'over', 'noted', 'none'),
  ...each({ ...suspect, ageClass: 'under16' }, 'PER-13a', 'late'),
  ...each({ ...offender, ageClass: 'under18', gender: 'female' }, 'PER-13b', 'woman', 'man'),
  ...each(offender, 'PER-14', 'at', 'over', 'drift', 'none'),
  ...each(suspect, 'PER-15', 'office', 'urgent', 'scene'),
  ...each({ ...offender, manners: long }, 'PER-16', 'at', 'over', 'meal', 'none'),
  ...each(offender, 'PER-17', 'at', 'over', 'none', 'repeated'),
  ...each({ role: 'victim', basis: 'asked', ageClass: 'adult' }, 'PER-17', 'right', 'refused'),
  ...each(offender, 'PER-18a', 'officer', 'unsigned'),
  ...each(offender, 'PER-18b', 'at', 'over', 'late', 'never', 'converted'),
  ...each(offender, 'PER-19b', 'at', 'over', 'after'),
  ...each(offender, 'PER-20a', 'at', 'over', 'none'),
  ...each({ ...offender, manners: { 'PER-04': 'normal', detained: 'yes' } }, 'PER-20b', 'at', 'over', 'none', 'unfit'),
  ...each(
    { ...offender, basis: 'brought_in', drunk: true },
    'PER-20c',
    'right',
    'at',
    'over',
    'unwatched',
    'not_needed',
  ),
  ...each(offender, 'CAS-26c', 'with_auxiliary', 'auxiliary'),
];

const causes = ['殴打他人', '寻衅滋事', '盗窃', '赌博', '故意损毁财物'];

/** One occasion a day, at one station after the other, while the cases run in. */
export function occasionsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const n = day - (city.first - city.runIn);
  if (n < 0 || n % city.stations.length !== city.stations.indexOf(unit)) return [];
  const turn = n % (wishes.length + pairs.length);
  const stories = pairs[turn]?.(city, unit, day) ?? [];
  const wish = wishes[turn - pairs.length];
  if (wish) stories.push(tellOne(city, unit, occasion(city, unit, day, 0), wish));
  return stories.map(({ happenings, planted }) => ({ happenings, planted }));
}

function occasion(city: City, unit: DemoUnit, day: Day, i: number): Occasion {
  const key = `o${day}-${unit.id}0${i}`;
  const chance = city.chance(`occasion/${key}`);
  const police = city.police(unit.id);
  const lead = police.find((one) => one.roles.includes('case-officer')) ?? city.withRole('case-officer', unit);
  return {
    key,
    at: plus(onDay(day, 8.5), (i * 30 + chance.int(0, 20)) * minute),
    case: null,
    cause: chance.pick(causes),
    criminal: false,
    lead,
    co: police.find((one) => one !== lead) ?? city.withRole('case-officer', unit),
  };
}

type Pair = (city: City, unit: DemoUnit, day: Day) => StayTelling[];

/** Stories of two: in one waiting room, with one officer; and of one who is in two rooms. */
const pairs: readonly Pair[] = [
  (city, unit, day) => together(city, unit, day, { ...offender, gender: 'female' }, false),
  (city, unit, day) => together(city, unit, day, { ...offender, ageClass: 'over70' }, true),
  spared,
  oneOfficer,
  twoRooms,
];

/** PER-20d: two in one waiting room, from when the second comes in. */
function together(city: City, unit: DemoUnit, day: Day, other: Wish, isFine: boolean): StayTelling[] {
  const waitingRoom = `${unit.short}-候问室-11`;
  const [a, b] = [offender, other].map((wish, i) =>
    tellOne(city, unit, occasion(city, unit, day, i), {
      ...wish,
      waitingRoom,
      manners: { ...long, 'PER-01a': 'soon' },
    }),
  );
  if (!a || !b) return [];
  const [from, then] = [a, b].map((one) => plus(one.arrivedAt, 90 * minute));
  if (!from || !then) return [];
  if (isFine) demand(a, 'PER-20d', from, true);
  else {
    owe(a, 'PER-20d', { opened: from, due: from, met: from, gone: then });
    owe(a, 'PER-20d', { opened: from, due: from, since: then });
  }
  demand(b, 'PER-20d', then, isFine);
  return [a, b];
}

/** PER-06d: one whom the rule spares is put into a waiting room all the same. */
function spared(city: City, unit: DemoUnit, day: Day): StayTelling[] {
  const wish: Wish = { ...questioned, ageClass: 'over70', waitingRoom: `${unit.short}-候问室-12` };
  const told = tellOne(city, unit, occasion(city, unit, day, 0), {
    ...wish,
    manners: { 'PER-01a': 'soon', 'PER-06a': 'normal' },
  });
  demand(told, 'PER-20d', plus(told.arrivedAt, 90 * minute), true);
  return [told];
}

/** Marks the duty of one interview as broken from `since` on. */
function breaks(told: StayTelling, rule: string, i: number, since: Date): void {
  const interview = told.interviews[i];
  const duty = told.planted.filter((one) => one.rule === rule)[i];
  if (!duty || !interview) return;
  const { met: _met, ...broken } = duty;
  if (since > interview.from) {
    duty.gone = since;
    told.planted.push({ ...broken, since });
  } else delete duty.met;
}

/** PER-19a: the paper of a second interview names the officer of the first at the same time. */
function oneOfficer(city: City, unit: DemoUnit, day: Day): StayTelling[] {
  const wish: Wish = { ...offender, manners: { ...long, 'CAS-26c': 'two', 'PER-19b': 'right', 'PER-01a': 'soon' } };
  const a = tellOne(city, unit, occasion(city, unit, day, 0), wish);
  const [first] = a.interviews;
  if (!first) return [a];
  const from = plus(first.from, 15 * minute);
  const b = tellOne(city, unit, occasion(city, unit, day, 1), {
    ...wish,
    interviews: [{ from, until: first.until, officers: first.officers, room: `${unit.short}-询问室-11` }],
  });
  breaks(a, 'PER-19a', 0, from);
  breaks(b, 'PER-19a', 0, from);
  return [a, b];
}

/** PER-19c: two papers have one person in two rooms at once, with other officers. */
function twoRooms(city: City, unit: DemoUnit, day: Day): StayTelling[] {
  const told = occasion(city, unit, day, 0);
  const free = (at: Date) =>
    city.police(unit.id).filter((one) => isFree(city, `person ${one.id}`, at, plus(at, 80 * minute)));
  const from = [60, 90, 120, 180, 240, 300]
    .map((after) => plus(told.at, after * minute))
    .find((at) => free(at).length > 1);
  const [one, other] = from ? free(from) : [];
  if (!from || !one || !other) return [];
  const [second, end] = [plus(from, 20 * minute), plus(from, 80 * minute)];
  const wish: Wish = {
    ...offender,
    manners: { ...long, 'PER-01a': 'soon' },
    interviews: [
      { from, until: plus(from, 60 * minute), officers: [one], room: `${unit.short}-询问室-12` },
      { from: second, until: end, officers: [other], room: `${unit.short}-询问室-13` },
    ],
  };
  book(city, [`person ${one.id}`, `person ${other.id}`], from, end);
  const stay = tellOne(city, unit, told, wish);
  breaks(stay, 'PER-19c', 0, second);
  breaks(stay, 'PER-19c', 1, second);
  return [stay];
}
