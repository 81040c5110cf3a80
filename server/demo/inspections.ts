import type { City } from './city.ts';
import {
  atDesk,
  dayOfSerial,
  type Matter,
  officeHour,
  owe,
  serialsOn,
  stationBy,
  stationPolice,
  tellMatter,
  turnOf,
} from './matters.ts';
import type { DemoPerson } from './people.ts';
import type { Story } from './story.ts';
import { type Day, dayText, hour, minute, plus, second, yearOf } from './time.ts';

/** About twenty-five visits to enterprises a month of 120 people. */
const aMonth = 25;

/** One in fifty-three of each; the rest is in order. */
const rare = [
  'scan_at',
  'unpublished',
  'shown_there',
  'scan_over',
  'approved_after',
  'scan_never',
  'with_auxiliary',
  'alone',
  'notice_after',
] as const;
type Turn = (typeof rare)[number] | 'well';

/** The visits registered on a day. */
export const inspectionsOf = (city: City, day: Day): Story[] =>
  serialsOn(city, day, aMonth).map((serial) => inspection(city, serial, day));

function inspection(city: City, serial: number, day: Day): Story {
  const { chance, plannedAt, turn } = visitOf(city, serial, day);
  const station = stationBy(city, chance.at('unit'));
  const unit = turn === 'with_auxiliary' ? (city.stations[0] ?? station) : station;
  const police = stationPolice(city, unit).filter((person) => person.qualification !== 'none');
  const lead = chance.at('lead').pick(police);
  const told: Matter = {
    city,
    chance,
    type: 'inspection',
    id: chance.id(plannedAt, 'inspection'),
    unit,
    handler: lead,
    happenings: [],
    planted: [],
  };
  visit(told, turn, plannedAt, serial, inspectors(city, told, turn, lead, police));
  return told;
}

/** What the number of a visit says of it; the same whoever asks. */
function visitOf(city: City, serial: number, day = dayOfSerial(city, serial, aMonth)) {
  const chance = city.chance(`inspection/${serial}`);
  const plannedAt = officeHour(chance.at('planned'), day);
  const turn = turnOf<Turn>(rare, 'well', 53, serial);
  const place = serial % 25;
  return {
    chance,
    plannedAt,
    turn,
    startedAt: atDesk(plus(plannedAt, chance.at('start').int(20, 90) * hour)),
    kind: turn === 'shown_there' || place === 21 ? 'complaint' : 'plan',
    // of twenty-five one enterprise is visited three times by plan and once upon a complaint
    enterprise: [7, 14, 21].includes(place) ? serial - place : serial,
  };
}

/** ENT-06b: planned visits to the enterprise in the year, this one included. */
function plannedVisits(city: City, serial: number): number {
  const { enterprise, startedAt } = visitOf(city, serial);
  return [0, 7, 14, 21]
    .map((place) => visitOf(city, enterprise + place))
    .filter((one) => one.enterprise === enterprise && one.kind === 'plan')
    .filter((one) => one.startedAt <= startedAt && yearOf(one.startedAt) === yearOf(startedAt)).length;
}

function inspectors(
  city: City,
  told: Matter,
  turn: Turn,
  lead: DemoPerson,
  police: readonly DemoPerson[],
): DemoPerson[] {
  if (turn === 'alone') return [lead];
  const auxiliary = city.people.find((person) => person.kind === 'auxiliary' && person.unit === told.unit.id);
  if (turn === 'with_auxiliary' && auxiliary) return [lead, auxiliary];
  return [lead, told.chance.at('second').pick(police.filter((person) => person !== lead))];
}

const items = ['治安防范检查', '特种行业检查', '危险物品检查', '保安服务检查', '网络安全检查'] as const;
const areas = ['', '望河', '云埠', '青岳', '柏陵'] as const;
const names = ['宏远', '恒通', '鼎盛', '华澜', '金禾', '瑞丰', '新航', '立达'] as const;
const trades = ['物流', '宾馆', '化工', '加油站', '科技', '典当', '机动车维修'] as const;

/** The enterprise that a number stands for. */
const enterpriseOf = (index: number): { name: string; code: string } => ({
  name: `澜川市${areas[Math.floor(index / (names.length * trades.length)) % areas.length]}${names[index % names.length]}${trades[Math.floor(index / names.length) % trades.length]}有限公司`,
  code: `91990102MA${String(index + 1000).padStart(8, '0')}`,
});

/** ENT-06a: a published item, approval and notice before, two qualified officers, the code scanned on entry. */
function visit(told: Matter, turn: Turn, plannedAt: Date, serial: number, people: readonly DemoPerson[]): void {
  const { chance } = told;
  const { kind, startedAt, ...visited } = visitOf(told.city, serial);
  const enterprise = enterpriseOf(visited.enterprise);
  tellMatter(told, 'plan', plannedAt, {
    number: `${told.unit.code.slice(0, 6)}-检-${dayText(Math.floor(plannedAt.getTime() / 86_400_000)).replaceAll('-', '')}-${serial + 1}`,
    enterprise: enterprise.name,
    enterpriseCode: enterprise.code,
    unit: told.unit.id,
    kind,
    item: chance.at('item').pick(items),
    ...(turn === 'unpublished' ? {} : { itemPublished: true }),
  });
  const approve = (at: Date) => tellMatter(told, 'approve', at, { approvalNumber: `检审${serial + 1}` });
  const isLate = turn === 'notice_after' || turn === 'shown_there';
  if (turn !== 'approved_after') approve(plus(plannedAt, 40 * minute));
  if (!isLate) tellMatter(told, 'notify', plus(plannedAt, 3 * hour));
  // what is shown at the door is written down before the visit is: the duty is judged once all is known
  const scannedAt =
    turn === 'scan_at'
      ? plus(startedAt, 10 * minute)
      : turn === 'scan_over'
        ? plus(startedAt, 10 * minute + second)
        : plus(startedAt, -4 * minute);
  if (turn !== 'scan_never') tellMatter(told, 'scan', scannedAt);
  if (isLate) tellMatter(told, 'notify', plus(startedAt, minute));
  const recordedAt = plus(startedAt, 11 * minute);
  tellMatter(told, 'start', startedAt, { inspectors: people.map((person) => person.id) });
  const begun = told.happenings.at(-1);
  if (begun) begun.at = recordedAt;
  if (turn === 'approved_after') approve(plus(startedAt, 20 * hour));
  tellMatter(told, 'end', plus(startedAt, chance.at('end').int(40, 150) * minute), {
    result: chance.at('result').weighted({ none: 62, corrected: 20, order: 15, case: 3 }),
  });
  if (kind === 'plan')
    owe(told, 'ENT-06b', startedAt, {
      due: startedAt,
      since: recordedAt,
      ...(plannedVisits(told.city, serial) <= 2 ? { met: startedAt } : {}),
    });
  told.planted.push({
    rule: 'ENT-06a',
    subject: told.id,
    opened: startedAt,
    due: startedAt,
    since: recordedAt,
    ...(['well', 'scan_at', 'shown_there'].includes(turn) ? { met: startedAt } : {}),
  });
}
