import { type Busy, freeCrews, type Telling, tell } from './alarm-telling.ts';
import type { Chance } from './chance.ts';
import type { Crew } from './city.ts';
import { film, type Manner } from './footage.ts';
import { by, system } from './story.ts';
import { dayOf, hour, minute, plus, second } from './time.ts';

/** Minutes from the dispatch to the scene: the city's own parameter of ALM-03, and how it is usually kept. */
const arrival = {
  urban: { limit: 8, usual: 5 },
  suburban: { limit: 15, usual: 8 },
  rural: { limit: 30, usual: 15 },
} as const;

/** Sent, arrived, filmed, handled and fed back; ALM-02, 03, 04 and the camera duties. */
export function goThere(told: Telling, busy: Busy): Date {
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

function dispatchCrew(told: Telling, busy: Busy, sent: Crew, sentAt: Date, n: number, wished?: Manner): Date {
  const { city, unit, topic } = told;
  const crew = auxiliaryAlone(told, sent, n) ?? sent;
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
  // CAS-26b: who leads an enforcement dispatch is a qualified officer.
  if (topic.intake !== 'aid' && topic.intake !== 'other')
    told.planted.push({
      rule: 'CAS-26b',
      subject: told.id,
      occurrence: id,
      opened: arrivedAt,
      due: arrivedAt,
      ...(crew.lead.kind === 'police' ? { met: arrivedAt } : {}),
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

/** Now and then, and by turn in the smallest city, the auxiliary of a crew goes out by himself. */
function auxiliaryAlone(told: Telling, crew: Crew, n: number): Crew | null {
  const auxiliary = crew.members.find((one) => one.kind === 'auxiliary');
  const isTurn = told.serial === 3 && (dayOf(told.receivedAt) + told.unit.id) % 6 === 0;
  if (!auxiliary || n > 1 || !(isTurn || told.chance.at('alone').yes(0.008))) return null;
  return { lead: auxiliary, members: [auxiliary] };
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
