import type { Telling } from './alarm-telling.ts';
import { tell } from './alarm-telling.ts';
import { receive } from './alarms.ts';
import type { City } from './city.ts';
import { atCounter, counterManners, notPolice, tellingManners, transferManners, transferred } from './reception.ts';
import { by, type Story } from './story.ts';
import { type Day, dayText, endOfDays, hour, minute, onDay, plus, second } from './time.ts';
import type { Topic } from './topics.ts';
import type { DemoUnit } from './units.ts';

/** What people come to the counter with. */
const matters = {
  theft: { category: 'public_order', title: '小额盗窃', narrative: '报案人到所称放在店内的商品被人拿走。' },
  fraud: {
    category: 'criminal',
    title: '合同诈骗',
    narrative: '报案人到所称签订合同后对方失去联系,合同履行地在外县。',
  },
  debt: { category: 'other', title: '债务争议', narrative: '来访人要求帮助追讨借款,属民事争议。' },
} as const;

/** One visitor at the counter of each station every second day; by turn so that the smallest city has every manner. */
export function walkInsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  if (day % 2 !== unit.id % 2 || day >= city.shownOn) return [];
  const turn = Math.floor(day / 2) * city.stations.length + city.stations.indexOf(unit);
  const kind = (['report', 'transfer', 'not_police'] as const)[turn % 3] ?? 'report';
  const nth = Math.floor(turn / 3);
  const of = <T>(manners: readonly T[]): T => manners[nth % manners.length] ?? (manners[0] as T);
  if (kind === 'not_police') {
    const told = visit(city, unit, day, 'debt');
    const at = plus(told.receivedAt, 12 * minute);
    tell(told, 'dispose', at, { disposition: 'diverted', feedbackCategory: 'other' });
    notPolice(told, at, of(tellingManners));
    return [told];
  }
  if (kind === 'report') {
    const told = visit(city, unit, day, 'theft');
    atCounter(told, of(counterManners));
    end(told, plus(told.receivedAt, 3 * hour), 'mediated');
    return [told];
  }
  const told = visit(city, unit, day, nth % 2 === 0 ? 'fraud' : 'theft');
  atCounter(told, 'soon');
  const judgedAt = plus(told.receivedAt, 100 * minute);
  const movedAt = transferred(told, judgedAt, of(transferManners));
  end(told, movedAt ?? plus(judgedAt, 10 * hour), 'transferred');
  return [told];
}

function visit(city: City, unit: DemoUnit, day: Day, matter: keyof typeof matters): Telling {
  const chance = city.chance(`walk-in/${unit.id}/${day}`);
  const receivedAt = onDay(day, 9 + chance.next() * 2);
  const { category, title, narrative } = matters[matter];
  const topic: Topic = {
    category,
    intake: category,
    title,
    cause: title,
    narrative,
    place: unit.name,
    channel: 'walk_in',
    priority: 'normal',
    onScene: false,
  };
  const serial = unit.id * 1000 + 900;
  const told: Telling = {
    city,
    chance,
    unit,
    id: chance.id(receivedAt, 'alarm'),
    key: `${day}-${serial}`,
    number: `${unit.code.slice(0, 6)}000000${dayText(day).replaceAll('-', '')}${String(serial).padStart(6, '0')}`,
    serial: 900,
    topic,
    receivedAt,
    happenings: [],
    planted: [],
  };
  receive(told);
  return told;
}

/** Ended at the counter, with a reason for no case (ALM-09): one day, three where it is a crime. */
function end(told: Telling, at: Date, disposition: 'mediated' | 'transferred'): void {
  const { category } = told.topic;
  const officer = by(told.city.withRole('unit-legal-officer', told.unit));
  tell(told, 'dispose', at, { disposition, feedbackCategory: category }, officer);
  const reasonAt = plus(at, second);
  tell(told, 'state_no_case', reasonAt, { noCaseReason: disposition }, officer);
  told.planted.push({
    rule: 'ALM-09',
    subject: told.id,
    opened: at,
    due: category === 'criminal' ? endOfDays(at, 3) : plus(at, 24 * hour),
    since: at,
    met: reasonAt,
  });
}
