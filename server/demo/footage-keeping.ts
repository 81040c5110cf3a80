import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import { doneAt } from './item-telling.ts';
import type { DemoPerson } from './people.ts';
import { by, type Happening, type Planted, type Story } from './story.ts';
import { type Day, dayOf, dayText, endOfMonths, hour, minute, onDay, plus } from './time.ts';
import type { DemoUnit } from './units.ts';

/** A clip in the store. */
interface Clip {
  id: string;
  uploadedAt: Date;
  unit: DemoUnit;
  wearer: DemoPerson;
}

const stepOf = (
  clip: string,
  verb: string,
  at: Date,
  facts: Record<string, unknown>,
  person: DemoPerson,
  part?: string,
): Happening => ({
  at,
  step: {
    type: 'recording',
    subject: clip,
    verb,
    occurredAt: at,
    by: by(person),
    facts,
    sourceKey: `demo ${clip} ${verb} ${part ?? ''}`,
    ...(part ? { part } : {}),
  },
});

/** Some clips are evidence and are locked for ever (BWC-06); some are checked against what was uploaded (BWC-07). */
export function keepClip(city: City, chance: Chance, clip: Clip): Story {
  const happenings: Happening[] = [];
  const planted: Planted[] = [];
  const { id, uploadedAt, unit, wearer } = clip;
  if (chance.yes(0.06)) {
    const classifiedAt = plus(uploadedAt, chance.int(10, 1200) * minute);
    const due = plus(classifiedAt, 24 * hour);
    const how = chance.weighted({ soon: 64, at: 8, over: 8, late: 8, never: 6, ordinary: 6 });
    const sort = chance.weighted({ evidence: 70, obstruction: 12, majorIncident: 8, complexIncident: 10 });
    happenings.push(stepOf(id, 'classify', classifiedAt, { [sort]: true }, wearer));
    const lockedAt = doneAt(chance, how === 'ordinary' ? 'soon' : how, classifiedAt, due);
    const retention = how === 'ordinary' ? 'ordinary' : 'permanent';
    const keeper = city.withRole('unit-legal-officer', unit);
    if (lockedAt) happenings.push(stepOf(id, 'lock', lockedAt, { retention }, keeper));
    const met = lockedAt && how !== 'ordinary' ? { met: lockedAt } : {};
    planted.push({ rule: 'BWC-06', subject: id, opened: classifiedAt, due, ...met });
  }
  if (chance.yes(0.05)) {
    const at = onDay(dayOf(uploadedAt) + chance.int(1, 6), 2);
    const result = chance.weighted({ intact: 940, hash_changed: 20, length_changed: 20, missing: 20 });
    const part = chance.id(at, 'check');
    happenings.push(stepOf(id, 'check', at, { result }, city.withRole('area-clerk', unit), part));
    const met = result === 'intact' ? { met: at } : {};
    planted.push({ rule: 'BWC-07', subject: id, occurrence: part, opened: at, due: at, ...met });
  }
  return { happenings, planted };
}

const purges = ['after', 'at', 'over', 'early', 'locked', 'changed'] as const;

/**
 * Clips of the counter that the old store handed on, and what became of them: deleted after six months, to the last
 * instant of them or before, or although they were locked (BWC-05); or found changed (BWC-07).
 */
export function archivesOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const turn = Math.floor(day / 3) * city.stations.length + city.stations.indexOf(unit);
  if (day % 3 !== unit.id % 3 || day >= city.shownOn) return [];
  const how = purges[turn % purges.length] ?? 'after';
  const chance = city.chance(`archive/${unit.id}/${day}`);
  const clerk = city.withRole('area-clerk', unit);
  const filmed =
    how === 'early' ? day - chance.int(20, 170) : how === 'at' || how === 'over' ? halfYearBefore(day) : day - 230;
  const startedAt = onDay(filmed, 10);
  const endedAt = plus(startedAt, 40 * minute);
  const id = chance.id(startedAt, 'archive');
  const limit = endOfMonths(endedAt, 6);
  const goneAt = how === 'at' ? limit : how === 'over' ? plus(limit, 1) : onDay(day, 16);
  const register: Happening = {
    at: onDay(day, 9),
    step: {
      type: 'recording',
      subject: id,
      verb: 'register',
      occurredAt: startedAt,
      by: by(clerk),
      sourceKey: `demo ${id}`,
      facts: {
        number: `AV-${unit.code.slice(0, 8)}-${dayText(filmed).replaceAll('-', '')}-JB${unit.id}${day}`,
        source: 'counter',
        unit: unit.id,
        endedAt: endedAt.toISOString(),
        uploadedAt: plus(endedAt, hour).toISOString(),
        retention: how === 'locked' ? 'permanent' : 'ordinary',
        intact: true,
      },
    },
  };
  if (how === 'changed') {
    const part = chance.id(goneAt, 'check');
    return [
      {
        happenings: [register, stepOf(id, 'check', goneAt, { result: 'hash_changed' }, clerk, part)],
        planted: [{ rule: 'BWC-07', subject: id, occurrence: part, opened: goneAt, due: goneAt }],
      },
    ];
  }
  const locked = how === 'locked' ? [stepOf(id, 'lock', onDay(day, 10), { retention: 'permanent' }, clerk)] : [];
  const isRight = how === 'after' || how === 'over';
  return [
    {
      happenings: [register, ...locked, stepOf(id, 'purge', goneAt, { deletedBy: clerk.id }, clerk)],
      planted: [{ rule: 'BWC-05', subject: id, opened: goneAt, due: goneAt, ...(isRight ? { met: goneAt } : {}) }],
    },
  ];
}

/** The day whose six months end on this one, or on the next that is the end of some. */
function halfYearBefore(day: Day): Day {
  for (let filmed = day - 190; ; filmed += 1) if (dayOf(endOfMonths(onDay(filmed, 10), 6)) >= day) return filmed;
}
