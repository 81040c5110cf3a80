import { type Busy, freeCrews, type Telling, tell } from './alarm-telling.ts';
import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import { goThere } from './dispatches.ts';
import { settle } from './dispositions.ts';
import { inventName } from './people.ts';
import { atCounter, notPolice } from './reception.ts';
import { showcase, showcaseUnit } from './showcase.ts';
import { by, type Story } from './story.ts';
import { type Day, dayText, minute, onDay, plus, second } from './time.ts';
import { scenes, turned } from './topics.ts';
import type { DemoUnit } from './units.ts';

/** Share of the day's alarms that falls into each two hours from midnight on (domain.md §5.3). */
const rhythm = [5, 2.4, 2.4, 8, 11, 11, 8, 10, 10, 13, 13, 6.2];

/** The alarms of one station on one day, in the order they came in. */
export function alarmsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const chance = city.chance(`alarms/${unit.id}/${day}`);
  const mean = (unit.alarms * city.officers) / 120;
  const count = Math.max(0, Math.round(chance.normal(mean, Math.sqrt(mean) * 0.8)));
  const times = Array.from({ length: count }, () => hourOfDay(chance)).sort((a, b) => a - b);
  const busy: Busy = new Map();
  const stories: Story[] = [];
  if (day === city.shownOn && unit.id === showcaseUnit) {
    // Its crew is kept out of the day's other stories.
    for (const member of city.crews(unit.id)[0]?.members ?? []) busy.set(member.id, onDay(day, 24));
    stories.push(showcase(city, unit, day));
  }
  let last = onDay(day, 0.1);
  times.forEach((hours, n) => {
    const wished = onDay(day, hours);
    const receivedAt = earliest(city, unit, busy, wished < last ? last : wished);
    if (!receivedAt || receivedAt >= onDay(day, 22.4)) return;
    last = plus(receivedAt, second);
    stories.push(alarmStory(city, unit, day, n + 1, receivedAt, busy));
  });
  return stories;
}

function hourOfDay(chance: Chance): number {
  const slot = Number(chance.weighted(Object.fromEntries(rhythm.map((weight, i) => [String(i), weight]))));
  return slot * 2 + chance.next() * 2;
}

/** The first moment from `at` on at which somebody can be sent. */
function earliest(city: City, unit: DemoUnit, busy: Busy, at: Date): Date | null {
  if (freeCrews(city, unit, busy, at).length > 0) return at;
  const ends = city
    .crews(unit.id)
    .map(({ members }) => Math.max(...members.map((one) => (busy.get(one.id) ?? at).getTime())));
  return ends.length > 0 ? plus(new Date(Math.min(...ends)), second) : null;
}

function alarmStory(city: City, unit: DemoUnit, day: Day, n: number, receivedAt: Date, busy: Busy): Story {
  const chance = city.chance(`alarm/${unit.id}/${day}/${n}`);
  const topic = turned(scenes(chance), unit.id, day, n);
  const serial = String(unit.id * 1000 + n).padStart(6, '0');
  const number = `${unit.code.slice(0, 6)}000000${dayText(day).replaceAll('-', '')}${serial}`;
  const told: Telling = {
    city,
    chance,
    unit,
    id: chance.id(receivedAt, 'alarm'),
    key: `${day}-${serial}`,
    number,
    serial: n,
    topic,
    receivedAt,
    happenings: [],
    planted: [],
  };
  receive(told);
  if (topic.channel === 'walk_in') atCounter(told);
  const handled = topic.onScene || topic.priority === 'urgent' ? goThere(told, busy) : byPhone(told);
  if (handled) settle(told, handled);
  return { happenings: told.happenings, planted: told.planted };
}

/** ALM-01: the main facts, or why one of them is unknown. */
export function receive(told: Telling): void {
  const { chance, topic, unit, city } = told;
  const how = chance.weighted({ complete: 955, caller_unknown: 20, place_unknown: 12, no_place: 7, no_caller: 6 });
  const taker = city.withRole('call-taker', unit);
  const whole = how !== 'no_place' && how !== 'no_caller';
  tell(
    told,
    'receive',
    told.receivedAt,
    {
      number: told.number,
      channel: topic.channel,
      unit: unit.id,
      intakeCategory: topic.intake,
      topic: topic.title,
      priority: topic.priority,
      area: unit.area,
      ...(how === 'caller_unknown'
        ? { callerUnknown: 'anonymous' }
        : how === 'no_caller'
          ? {}
          : {
              caller: inventName(chance, chance.yes(0.5) ? 'female' : 'male'),
              callerPhone: `1990000${String(chance.int(0, 9999)).padStart(4, '0')}`,
            }),
      ...(how === 'place_unknown' ? { placeUnknown: 'unclear' } : how === 'no_place' ? {} : { place: topic.place }),
      narrative: topic.narrative,
      receivedBy: taker.id,
      ...(topic.title === '家庭暴力' ? { domesticViolence: true } : {}),
    },
    by(taker),
  );
  told.planted.push({
    rule: 'ALM-01',
    subject: told.id,
    opened: told.receivedAt,
    due: told.receivedAt,
    ...(whole ? { met: told.receivedAt } : {}),
  });
}

function byPhone(told: Telling): Date | null {
  const at = plus(told.receivedAt, told.chance.int(2, 12) * minute);
  tell(told, 'dispose', at, {
    disposition: told.topic.category === 'other' ? 'diverted' : 'by_phone',
    feedbackCategory: told.topic.category,
  });
  if (told.topic.category === 'other' && told.chance.at('not police').yes(0.3)) notPolice(told, at);
  return null;
}
