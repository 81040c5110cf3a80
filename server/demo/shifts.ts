import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { by, type Happening, type Planted, type Story } from './story.ts';
import { type Day, dayText, hour, minute, onDay, plus, second } from './time.ts';
import type { DemoUnit } from './units.ts';

/** Four teams turn round: day response, night response, standby and case work (an auxiliary patrols instead). */
const turns = [
  { kind: 'response', from: 8, hours: 12 },
  { kind: 'response', from: 20, hours: 12 },
  { kind: 'standby', from: 8, hours: 10 },
  { kind: 'case_work', from: 9, hours: 8 },
] as const;

/** The shifts of one station that begin on one day. */
export function shiftsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const people = city.people.filter((person) => person.unit === unit.id && !person.roles.includes('unit-head'));
  return people.flatMap((person, i) => {
    const turn = turns[(i + day) % 4];
    if (!turn) return [];
    const chance = city.chance(`shift/${person.number}/${day}`);
    const kind =
      turn.kind === 'case_work' && person.kind === 'auxiliary'
        ? 'patrol'
        : turn.kind === 'standby' && chance.yes(0.2)
          ? 'indoor'
          : turn.kind;
    return [shiftStory(city, unit, person, day, kind, turn.from, turn.hours)];
  });
}

function shiftStory(
  city: City,
  unit: DemoUnit,
  person: DemoPerson,
  day: Day,
  kind: string,
  from: number,
  hours: number,
): Story {
  const chance = city.chance(`shift/${person.number}/${day}/${kind}`);
  const startedAt = onDay(day, from);
  const endedAt = plus(startedAt, hours * hour);
  const id = chance.id(startedAt, 'shift');
  const happenings: Happening[] = [];
  const tell = (verb: string, at: Date, facts: Record<string, unknown>, recorded = at, part?: string) => {
    happenings.push({
      at: recorded,
      step: {
        type: 'shift',
        subject: id,
        verb,
        occurredAt: at,
        by: by(person),
        facts,
        sourceKey: `demo ${id} ${verb} ${part ?? ''}`,
        ...(part ? { part } : {}),
      },
    });
  };
  const rostered = plus(onDay(day - 1, 17), chance.int(0, 40) * minute);
  tell(
    'plan',
    startedAt,
    {
      number: `QW-${unit.code.slice(0, 8)}-${dayText(day).replaceAll('-', '')}-${person.number}`,
      officer: person.id,
      unit: unit.id,
      kind,
      plannedEnd: endedAt.toISOString(),
      device: `DSJ${person.number}`,
    },
    rostered,
  );
  tell('start', startedAt, {});
  tell('end', endedAt, {});
  const planted: Planted[] = [];
  if (kind === 'response' || kind === 'patrol')
    planted.push(...online(city, unit, chance.at('online'), { id, startedAt, endedAt, tell }));
  return { happenings, planted };
}

interface OnDuty {
  id: string;
  startedAt: Date;
  endedAt: Date;
  tell(verb: string, at: Date, facts: Record<string, unknown>, recorded?: Date, part?: string): void;
}

/** BWC-03: the device online for seven tenths of the duty without meals and reported intervals. */
function online(city: City, unit: DemoUnit, chance: ReturnType<City['chance']>, duty: OnDuty): Planted[] {
  const { startedAt, endedAt } = duty;
  const meals = endedAt.getTime() - startedAt.getTime() >= 12 * hour ? [4, 9] : [3];
  for (const at of meals) {
    const from = plus(startedAt, at * hour);
    duty.tell(
      'exempt',
      from,
      { endedAt: plus(from, 30 * minute).toISOString(), code: 'meal' },
      from,
      chance.id(from, 'meal'),
    );
  }
  const how = chance.weighted({ well: 920, at: 10, under: 10, low: 36, fault: 24 });
  const faultAt = how === 'fault' ? plus(startedAt, chance.int(30, 200) * minute) : null;
  if (faultAt) duty.tell('report_fault', faultAt, {});
  const owed = endedAt.getTime() - startedAt.getTime() - meals.length * 30 * minute;
  // Online before the first meal and after the last minute of it: what is counted lies outside every meal.
  const wanted =
    how === 'well'
      ? owed * (0.82 + chance.next() * 0.18)
      : how === 'at'
        ? owed * 0.7
        : how === 'under'
          ? owed * 0.7 - second
          : how === 'fault'
            ? owed * 0.3
            : owed * (0.35 + chance.next() * 0.3);
  let left = Math.round(wanted / second) * second;
  let from = startedAt;
  const ends = [...meals.map((at) => plus(startedAt, at * hour)), endedAt];
  const logged = plus(endedAt, 5 * minute);
  const dead = city.outages.find(
    (one) => one.feed === 'device_log' && one.unit === unit.id && one.from <= logged && one.until > logged,
  );
  for (const end of ends) {
    const length = Math.min(left, end.getTime() - from.getTime());
    if (length > 0 && !dead)
      duty.tell('log_online', from, { endedAt: plus(from, length).toISOString() }, logged, chance.id(from, 'online'));
    left -= Math.max(length, 0);
    from = plus(end, 30 * minute);
  }
  const whole = how === 'well' || how === 'at';
  return [
    {
      rule: 'BWC-03',
      subject: duty.id,
      opened: endedAt,
      due: plus(endedAt, 24 * hour),
      feed: { name: 'device_log', unit: unit.id },
      ...(whole && !dead ? { met: endedAt, known: logged } : {}),
      ...(faultAt ? { excused: faultAt } : {}),
    },
  ];
}
