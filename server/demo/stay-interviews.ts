import { createHash } from 'node:crypto';
import { book, isFree } from './diary.ts';
import { type DemoPerson, inventName } from './people.ts';
import {
  demand,
  type Interview,
  isHeld,
  isMinor,
  iso,
  manner,
  owe,
  type StayTelling,
  tellStay,
} from './stay-telling.ts';
import { by } from './story.ts';
import { dayOf, dayText, hour, minute, plus, second } from './time.ts';

/** Two minutes after the way out are let pass; a second more is not. */
const tolerance = 2 * minute;

/** One or two interviews, each when its officers and a room are free; none where nobody is before the end. */
export function planInterviews(told: StayTelling, from: Date, end: Date, leftAt: Date): readonly Interview[] {
  const { chance } = told;
  if (told.wish.interviews) return told.wish.interviews;
  const planned: Interview[] = [];
  const paper = isHeld(told) ? manner(told, 'PER-19b', { right: 984, at: 4, over: 4, after: 8 }) : 'right';
  const late = { right: null, at: tolerance, over: tolerance + second, after: 25 * minute }[paper];
  const wanted = late === null && end.getTime() - from.getTime() > 4 * hour ? 2 : 1;
  let at = plus(from, chance.at('first').int(1210, 2400) * second);
  for (let i = 0; i < wanted; i += 1) {
    const length = chance.at(`length ${i}`).int(40, isHeld(told) ? 95 : 55) * minute;
    for (; plus(at, length + 12 * minute) < end; at = plus(at, 10 * minute)) {
      const until = late === null ? plus(at, length) : plus(leftAt, late);
      const officers = free(told, i, at, until);
      const room = officers ? roomOf(told, at, until) : null;
      if (!officers || !room) continue;
      book(told.city, [...officers.map((one) => `person ${one.id}`), room], at, until);
      planned.push({ from: at, until, officers, room });
      at = plus(until, chance.at(`pause ${i}`).int(25, 70) * minute);
      break;
    }
  }
  return planned;
}

/** CAS-26c: at least one qualified officer; now and then an auxiliary alone. */
function free(told: StayTelling, i: number, from: Date, until: Date): DemoPerson[] | null {
  const { city, unit } = told;
  const can = (one: DemoPerson) => isFree(city, `person ${one.id}`, from, until);
  const auxiliary = city.people.find((one) => one.unit === unit.id && one.kind === 'auxiliary' && can(one));
  const how = i === 0 ? manner(told, 'CAS-26c', { two: 950, with_auxiliary: 38, auxiliary: 12 }) : 'two';
  if (how === 'auxiliary' && auxiliary) return [auxiliary];
  if (!can(told.lead)) return null;
  if (how === 'with_auxiliary' && auxiliary) return [told.lead, auxiliary];
  const second = [told.co, ...city.police(unit.id)].find((one) => one !== told.lead && can(one));
  return second ? [told.lead, second] : null;
}

function roomOf(told: StayTelling, from: Date, until: Date): string | null {
  const place = told.centre ? '望办案' : told.unit.short.replace('所', '');
  const kind = told.guest.role === 'suspect' ? '讯问室' : '询问室';
  for (let n = 1; n <= 6; n += 1) {
    const room = `${place}-${kind}-${String(n).padStart(2, '0')}`;
    if (isFree(told.city, room, from, until)) return room;
  }
  return null;
}

/** Tells an interview with everything that is owed for it; its part's id comes back. */
export function tellInterview(told: StayTelling, interview: Interview, i: number, leftAt: Date): string {
  const { guest, chance } = told;
  const { from, until, officers, room } = interview;
  const part = chance.id(from, `interview ${i}`);
  const kind = guest.role === 'suspect' ? 'interrogation' : guest.role === 'offender' ? 'inquiry' : 'testimony';
  const adult = isMinor(guest.ageClass) ? adultAt(told, i, part, from) : {};
  const how =
    i === 0 && kind === 'interrogation' && until <= leftAt
      ? manner(told, 'PER-15', { room: 960, office: 16, urgent: 16, scene: 8 })
      : 'room';
  tellStay(
    told,
    'interview',
    from,
    {
      kind,
      officers: officers.map((one) => one.id),
      ...placeOf(kind, how),
      room,
      recorder: `录像机-${room}`,
      ...adult,
    },
    part,
    officers[0],
  );
  tellStay(told, 'end_interview', until, { recorded: true }, part, officers[0]);
  if (kind === 'interrogation')
    owe(told, 'PER-15', {
      occurrence: part,
      opened: from,
      due: from,
      ...(how === 'room' ? { met: from } : how === 'urgent' ? { excused: from } : {}),
    });
  if (how === 'room') inTheArea(told, part, interview, leftAt);
  demand(
    told,
    'CAS-26c',
    from,
    officers.some((one) => one.kind === 'police'),
    part,
  );
  const isMajor = told.major && kind === 'interrogation' && (how === 'room' || how === 'office');
  if (kind === 'inquiry' || isMajor) film(told, interview, i, part);
  return part;
}

/** PER-15: in the interrogation room, or it is said why not. */
function placeOf(kind: string, how: 'room' | 'office' | 'urgent' | 'scene'): Record<string, unknown> {
  if (how === 'room') return { placeKind: kind === 'interrogation' ? 'interrogation_room' : 'inquiry_room' };
  return how === 'office'
    ? { placeKind: 'office' }
    : { placeKind: 'scene', ...(how === 'urgent' ? { placeReason: 'urgent' } : {}) };
}

/** PER-19b: between the entry and the way out; what the paper says otherwise is known when it is written. */
function inTheArea(told: StayTelling, part: string, { from, until }: Interview, leftAt: Date): void {
  const duty = { occurrence: part, opened: from, due: from };
  const isLate = until.getTime() - leftAt.getTime() > tolerance;
  owe(told, 'PER-19b', { ...duty, met: from, ...(isLate ? { gone: until } : {}) });
  if (isLate) owe(told, 'PER-19b', { ...duty, since: until });
}

/** PER-13: each time somebody for the minor from the beginning on, or why not; with a girl a woman. */
function adultAt(told: StayTelling, i: number, part: string, at: Date): Record<string, unknown> {
  const { guest, chance } = told;
  const how = manner(told, 'PER-13a', { present: 86, at: 2, over: 2, noted: 5, late: 3, none: 2 });
  demand(told, 'PER-13a', at, how === 'present' || how === 'at' || how === 'noted', part);
  const hasWoman = guest.gender === 'female' && manner(told, 'PER-13b', { woman: 88, man: 12 }) === 'woman';
  if (guest.gender === 'female') demand(told, 'PER-13b', at, hasWoman, part);
  const woman = hasWoman ? { femaleOfficer: true } : {};
  if (how === 'none') return woman;
  if (how === 'noted') return { ...woman, adultAbsence: 'refused' };
  const name = inventName(chance.at(`adult ${i}`), 'male');
  const role = { adultName: name, adultRole: 'guardian' };
  if (how === 'present') return { ...woman, ...role, adultAt: iso(plus(at, -4 * minute)) };
  if (how === 'at') return { ...woman, ...role, adultAt: iso(at) };
  tellStay(told, 'attend', plus(at, how === 'over' ? second : 10 * minute), role, part, told.lead);
  return woman;
}

/** PER-14: the room's recorder covers the whole inquiry, no hole over a minute. */
function film(told: StayTelling, { from, until, room }: Interview, i: number, part: string): void {
  const { chance, unit, clerk } = told;
  const how = i === 0 ? manner(told, 'PER-14', { whole: 945, at: 8, over: 12, drift: 15, none: 20 }) : 'whole';
  const due = plus(until, 24 * hour);
  const duty = { occurrence: part, opened: until, due, feed: { name: 'area_recorder', unit: unit.id } };
  if (how === 'none') {
    owe(told, 'PER-14', duty);
    return;
  }
  const middle = plus(from, Math.round((until.getTime() - from.getTime()) / 2 / second) * second);
  const hole = (how === 'at' ? 60 : how === 'over' ? 61 : 2) * second;
  const edge = how === 'drift' ? 100 * second : -30 * second;
  const files: [Date, Date][] = [
    [plus(from, edge), middle],
    [plus(middle, hole), plus(until, -edge)],
  ];
  const uploadedAt = arrives(told, plus(until, chance.at(`upload ${i}`).int(3, 25) * minute));
  files.forEach(([start, end], n) => {
    const id = chance.id(start, `file ${i} ${n}`);
    told.happenings.push({
      at: uploadedAt,
      step: {
        type: 'recording',
        subject: id,
        verb: 'register',
        occurredAt: start,
        by: by(clerk),
        sourceKey: `demo ${id}`,
        facts: {
          number: `AV-${unit.code.slice(0, 8)}-${dayText(dayOf(start)).replaceAll('-', '')}-${Number.parseInt(id.slice(-10), 16)}`,
          source: 'area',
          device: `录像机-${room}`,
          unit: unit.id,
          endedAt: iso(end),
          uploadedAt: iso(uploadedAt),
          sha256: createHash('sha256').update(id).digest('hex'),
          size: Math.round((end.getTime() - start.getTime()) * 900),
          retention: 'case',
          intact: true,
        },
      },
    });
  });
  owe(told, 'PER-14', { ...duty, ...(how === 'over' ? {} : { met: until, known: uploadedAt }) });
}

/** What a dead recorder held comes when it is back; then it may be too late to say anything of the time between. */
function arrives({ city, unit }: StayTelling, at: Date): Date {
  const dead = city.outages.find(
    (one) => one.feed === 'area_recorder' && one.unit === unit.id && one.from <= at && one.until > at,
  );
  return dead ? plus(dead.until, 10 * minute) : at;
}
