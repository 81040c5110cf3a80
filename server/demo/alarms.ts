import { caseOfAlarm } from './cases.ts';
import type { Chance } from './chance.ts';
import type { City, Crew } from './city.ts';
import { film, type Manner } from './footage.ts';
import { inventName } from './people.ts';
import { by, type Happening, type Planted, type Story, system } from './story.ts';
import { type Day, dayText, endOfDays, hour, minute, onDay, plus, second } from './time.ts';
import { scenes, type Topic } from './topics.ts';
import type { DemoUnit } from './units.ts';

/** Minutes from the dispatch to the scene: the city's own parameter of ALM-03, and how it is usually kept. */
const arrival = {
  urban: { limit: 8, usual: 5 },
  suburban: { limit: 15, usual: 8 },
  rural: { limit: 30, usual: 15 },
} as const;

/** Share of the day's alarms that falls into each two hours from midnight on (domain.md §5.3). */
const rhythm = [5, 2.4, 2.4, 8, 11, 11, 8, 10, 10, 13, 13, 6.2];

/** When each crew is free again: nobody is at two scenes at once. */
export type Busy = Map<number, Date>;

/** The alarms of one station on one day, in the order they came in. */
export function alarmsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const chance = city.chance(`alarms/${unit.id}/${day}`);
  const mean = (unit.alarms * city.officers) / 120;
  const count = Math.max(0, Math.round(chance.normal(mean, Math.sqrt(mean) * 0.8)));
  const times = Array.from({ length: count }, () => hourOfDay(chance)).sort((a, b) => a - b);
  const busy: Busy = new Map();
  const stories: Story[] = [];
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

const freeCrews = (city: City, unit: DemoUnit, busy: Busy, at: Date): Crew[] =>
  city.crews(unit.id).filter(({ members }) => members.every((one) => (busy.get(one.id) ?? at) <= at));

/** The first moment from `at` on at which somebody can be sent. */
function earliest(city: City, unit: DemoUnit, busy: Busy, at: Date): Date | null {
  if (freeCrews(city, unit, busy, at).length > 0) return at;
  const ends = city
    .crews(unit.id)
    .map(({ members }) => Math.max(...members.map((one) => (busy.get(one.id) ?? at).getTime())));
  return ends.length > 0 ? plus(new Date(Math.min(...ends)), second) : null;
}

interface Telling {
  city: City;
  chance: Chance;
  unit: DemoUnit;
  id: string;
  key: string;
  number: string;
  serial: number;
  topic: Topic;
  receivedAt: Date;
  happenings: Happening[];
  planted: Planted[];
}

function alarmStory(city: City, unit: DemoUnit, day: Day, n: number, receivedAt: Date, busy: Busy): Story {
  const chance = city.chance(`alarm/${unit.id}/${day}/${n}`);
  const topic = scenes(chance);
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
  const handled = topic.onScene || topic.priority === 'urgent' ? goThere(told, busy) : byPhone(told);
  if (handled) settle(told, handled);
  return { happenings: told.happenings, planted: told.planted };
}

/** Tells a step of the alarm; recorded when it happened, but for what is told later on purpose. */
function tell(
  told: Telling,
  verb: string,
  at: Date,
  facts: Record<string, unknown>,
  author = system(told.unit, '接处警系统'),
  part?: string,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'alarm',
      subject: told.id,
      verb,
      occurredAt: at,
      by: author,
      facts,
      sourceKey: `demo ${told.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}

/** ALM-01: the main facts, or why one of them is unknown. */
function receive(told: Telling): void {
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
  return null;
}

/** Sent, arrived, filmed, handled and fed back; ALM-02, 03, 04 and the camera duties. */
function goThere(told: Telling, busy: Busy): Date {
  const { city, chance, unit, topic } = told;
  const isUrgent = topic.priority === 'urgent';
  const sentAt = plus(told.receivedAt, seconds(chance, isUrgent, 180));
  if (isUrgent) {
    const reportedAt = plus(told.receivedAt, seconds(chance.at('report'), true, 180));
    const never = chance.yes(0.006);
    if (!never) tell(told, 'report', reportedAt, {});
    told.planted.push({
      rule: 'ALM-02',
      subject: told.id,
      opened: told.receivedAt,
      due: plus(told.receivedAt, 3 * minute),
      ...(never ? {} : { met: reportedAt > sentAt ? reportedAt : sentAt }),
      feed: { name: 'dispatch', unit: unit.id },
    });
  }
  const crews = freeCrews(city, unit, busy, told.receivedAt);
  const first = dispatchCrew(told, busy, chance.pick(crews), sentAt, 1, topic.manner);
  const others = freeCrews(city, unit, busy, told.receivedAt);
  if (isUrgent && others.length > 1 && chance.yes(0.08)) {
    const second = dispatchCrew(told, busy, chance.pick(others), plus(sentAt, chance.int(5, 40) * 1000), 2);
    return second > first ? second : first;
  }
  return first;
}

/** Within the limit of seconds nearly always; sometimes exactly at it, a second over it, or well over. */
function seconds(chance: Chance, isUrgent: boolean, limit: number): number {
  if (!isUrgent) return chance.int(20, 240) * second;
  const how = chance.weighted({ well: 960, at: 10, over: 8, late: 22 });
  return (
    (how === 'well'
      ? chance.int(15, limit - 20)
      : how === 'at'
        ? limit
        : how === 'over'
          ? limit + 1
          : chance.int(limit + 30, limit * 4)) * second
  );
}

function dispatchCrew(told: Telling, busy: Busy, crew: Crew, sentAt: Date, n: number, wished?: Manner): Date {
  const { city, unit, topic } = told;
  const chance = told.chance.at(`dispatch ${n}`);
  const id = chance.id(sentAt, 'dispatch');
  const isUrgent = topic.priority === 'urgent';
  const limit = arrival[unit.area ?? 'urban'].limit * minute;
  const how = isUrgent ? chance.weighted({ well: 900, at: 10, over: 8, late: 52, excused: 30 }) : 'well';
  const usual = arrival[unit.area ?? 'urban'].usual * minute;
  const way =
    how === 'at'
      ? limit
      : how === 'over'
        ? limit + second
        : how === 'late' || how === 'excused'
          ? limit + chance.int(30, 700) * second
          : Math.round(Math.min(limit - 30 * second, usual * (0.5 + chance.next())) / second) * second;
  const arrivedAt = plus(sentAt, way);
  const manner = film(
    city,
    chance.at('manner'),
    { key: '', unit, crew, sentAt, arrivedAt, handledAt: arrivedAt },
    wished,
  ).manner;
  // A hole of two minutes stays within five per cent of a scene that lasts longer than forty.
  const stay = manner.startsWith('hole') ? chance.int(45, 60) : chance.int(12, 35);
  const handledAt = plus(arrivedAt, stay * minute);
  const free = plus(handledAt, 6 * minute);
  for (const member of crew.members) busy.set(member.id, free);

  tell(
    told,
    'dispatch',
    sentAt,
    {
      number: `${told.number}-0${n}`,
      unit: unit.id,
      officer: crew.lead.id,
      officers: crew.members.map((one) => one.id),
    },
    by(city.withRole('call-taker', unit)),
    id,
  );
  tell(told, 'acknowledge', plus(sentAt, chance.int(5, 28) * second), {}, by(crew.lead), id);
  tell(told, 'set_out', plus(sentAt, chance.int(30, 58) * second), {}, by(crew.lead), id);
  const excusedAt = plus(sentAt, 59 * second);
  if (how === 'excused')
    tell(
      told,
      'report_delay',
      excusedAt,
      { delayReason: chance.pick(['道路施工封闭', '早高峰严重拥堵', '连续处警']) },
      by(crew.lead),
      id,
    );
  const feed = { name: 'dispatch', unit: unit.id };
  tell(told, 'arrive', arrivedAt, { arrivalSource: 'terminal' }, system(unit, '警务终端'), id);
  tell(told, 'handle', handledAt, { onScene: true }, by(crew.lead), id);
  if (isUrgent)
    told.planted.push({
      rule: 'ALM-03',
      subject: told.id,
      occurrence: id,
      opened: sentAt,
      due: plus(sentAt, limit),
      met: arrivedAt,
      feed,
      ...(how === 'excused' ? { excused: excusedAt } : {}),
    });
  feedBack(told, chance, id, crew, handledAt, feed);

  const key = `${told.key}-${n}`;
  const footage = film(city, chance.at('film'), { key, unit, crew, sentAt, arrivedAt, handledAt }, manner);
  told.happenings.push(...footage.happenings);
  told.planted.push(...footage.planted);
  const exempt = manner === 'exempt' ? plus(handledAt, chance.int(5, 50) * minute) : null;
  if (exempt)
    tell(
      told,
      'exempt_camera',
      exempt,
      { cameraExempt: chance.pick(['equipment_fault', 'equipment_fault', 'privacy', 'weather']) },
      by(crew.lead),
      id,
    );
  const duty = {
    subject: told.id,
    occurrence: id,
    opened: handledAt,
    due: plus(handledAt, 24 * hour),
    feed: { name: 'camera_dock', unit: unit.id },
    known: footage.known,
    ...(exempt ? { excused: exempt } : {}),
    ...(manner === 'wrong_wearer' ? { wrongData: true as const } : {}),
  };
  told.planted.push(
    { rule: 'BWC-01', ...duty, ...(footage.some ? { met: handledAt } : {}) },
    { rule: 'BWC-02', ...duty, ...(footage.whole ? { met: handledAt } : {}) },
  );
  return handledAt;
}

/** ALM-04a: the feedback sheet within 24 hours of the end of handling. */
function feedBack(
  told: Telling,
  chance: Chance,
  dispatch: string,
  crew: Crew,
  handledAt: Date,
  feed: { name: string; unit: number },
): void {
  const how = chance.weighted({ soon: 968, at: 5, over: 5, late: 16, never: 6 });
  const at =
    how === 'soon'
      ? plus(handledAt, chance.int(4, 200) * minute)
      : plus(handledAt, 24 * hour + (how === 'at' ? 0 : how === 'over' ? second : chance.int(40, 1500) * minute));
  if (how !== 'never') tell(told, 'feed_back', at, {}, by(crew.lead), dispatch);
  told.planted.push({
    rule: 'ALM-04a',
    subject: told.id,
    occurrence: dispatch,
    opened: handledAt,
    due: plus(handledAt, 24 * hour),
    ...(how === 'never' ? {} : { met: at }),
    feed,
  });
}

const isCaseType = (category: string): boolean => category === 'criminal' || category === 'public_order';

/** The disposition (ALM-04b), and for what looks like an offence a case or the reason for none (ALM-09). */
function settle(told: Telling, handled: Date): void {
  const { chance, topic, unit } = told;
  const downgraded = isCaseType(topic.category) && topic.downgraded === true;
  const feedback = downgraded ? 'dispute' : topic.category;
  const offence = isCaseType(topic.intake) || isCaseType(feedback);
  const late = offence ? 'soon' : chance.weighted({ soon: 980, at: 4, over: 4, late: 12 });
  const limit = plus(handled, 24 * hour);
  const at =
    late === 'soon'
      ? plus(handled, chance.int(1, 4) * minute)
      : late === 'at'
        ? limit
        : late === 'over'
          ? plus(limit, second)
          : plus(limit, chance.int(30, 900) * minute);
  told.planted.push({
    rule: 'ALM-04b',
    subject: told.id,
    opened: handled,
    due: limit,
    met: at,
    feed: { name: 'dispatch', unit: unit.id },
  });

  const opensCase =
    isCaseType(topic.category) &&
    !downgraded &&
    (topic.manner !== undefined || chance.yes(topic.category === 'criminal' ? 0.85 : 0.62));
  const disposition = opensCase
    ? 'case_opened'
    : downgraded
      ? 'settled'
      : offence
        ? chance.weighted({ mediated: 55, on_spot_penalty: 16, no_facts: 20, withdrawn: 9 })
        : chance.weighted({ settled: 90, no_facts: 10 });
  const complex = offence && chance.yes(0.05);
  tell(
    told,
    'dispose',
    at,
    { disposition, feedbackCategory: feedback, ...(complex ? { complex: true } : {}) },
    by(told.city.crews(unit.id)[0]?.lead ?? told.city.withRole('call-taker', unit)),
  );
  // Who withdraws his call is owed no arrival any more.
  if (disposition === 'withdrawn')
    for (const one of told.planted) if (one.rule === 'ALM-02' || one.rule === 'ALM-03') one.gone = at;
  if (offence) answer(told, handled, at, { feedback, opensCase, disposition, complex, downgraded });
}

interface Answer {
  feedback: string;
  opensCase: boolean;
  disposition: string;
  complex: boolean;
  downgraded: boolean;
}

function answer(
  told: Telling,
  handled: Date,
  at: Date,
  { feedback, opensCase, disposition, complex, downgraded }: Answer,
): void {
  const { chance, topic } = told;
  const owed = (from: Date, days: boolean): Pick<Planted, 'rule' | 'subject' | 'opened' | 'due'> => ({
    rule: 'ALM-09',
    subject: told.id,
    opened: from,
    due: days ? endOfDays(from, 3) : plus(from, 24 * hour),
  });
  if (isCaseType(topic.intake)) told.planted.push({ ...owed(handled, topic.intake === 'criminal'), gone: at });
  const duty: Planted = { ...owed(at, complex || topic.intake === 'criminal' || feedback === 'criminal'), since: at };
  if (opensCase) {
    const opened = caseOfAlarm(told.city, told.unit, {
      alarm: told.id,
      handledAt: at,
      criminal: topic.category === 'criminal',
      cause: topic.cause,
      key: told.key,
      serial: told.serial,
    });
    told.happenings.push(...opened.story.happenings);
    told.planted.push(...opened.story.planted, {
      ...duty,
      ...(opened.answeredAt ? { met: opened.answeredAt, known: opened.linkedAt } : {}),
    });
    return;
  }
  const how = downgraded ? 'never' : chance.weighted({ soon: 930, at: 8, over: 8, late: 30, never: 24 });
  if (how === 'never') {
    told.planted.push(duty);
    return;
  }
  const due = duty.due ?? at;
  const reasonAt =
    how === 'soon'
      ? plus(at, chance.int(2, 600) * minute)
      : how === 'at'
        ? due
        : how === 'over'
          ? plus(due, second)
          : plus(due, chance.int(60, 1800) * minute);
  const reason = ['mediated', 'on_spot_penalty', 'no_facts', 'withdrawn'].includes(disposition)
    ? disposition
    : 'no_facts';
  tell(
    told,
    'state_no_case',
    reasonAt,
    { noCaseReason: reason },
    by(told.city.withRole('unit-legal-officer', told.unit)),
  );
  told.planted.push({ ...duty, met: reasonAt });
}
