import { createHash } from 'node:crypto';
import type { Chance } from './chance.ts';
import type { City, Crew } from './city.ts';
import { keepClip } from './footage-keeping.ts';
import { by, type Happening, type Planted } from './story.ts';
import { dayOf, dayText, hour, minute, plus, second } from './time.ts';
import type { DemoUnit } from './units.ts';

/** How a crew filmed one dispatch: domain.md §5.4, with the boundaries planted on purpose. */
const manners = {
  full: 900,
  late_on: 30,
  early_off: 20,
  hole_at_limit: 8,
  hole_over: 8,
  missing: 16,
  exempt: 12,
  wrong_wearer: 6,
} as const;
export type Manner = keyof typeof manners;

export interface Scene {
  key: string;
  unit: DemoUnit;
  crew: Crew;
  sentAt: Date;
  arrivedAt: Date;
  handledAt: Date;
}

export interface Footage {
  manner: Manner;
  happenings: Happening[];
  planted: Planted[];
  /** From when on the recordings are known; later than the last upload nothing changes. */
  known: Date;
  /** Arrival to end covered as the law of the city asks (95 %, no gap over 120 s). */
  whole: boolean;
  some: boolean;
}

/** Films one scene: files of 5 to 30 minutes, seconds apart, uploaded after the return to the unit. */
export function film(city: City, chance: Chance, scene: Scene, wished?: Manner): Footage {
  const manner = wished ?? chance.weighted(manners);
  const spans = spansOf(chance, scene, manner);
  const wearer = manner === 'wrong_wearer' ? stranger(city, chance, scene) : chance.pick(scene.crew.members);
  const returnedAt = plus(scene.handledAt, chance.int(10, 40) * minute);
  const uploadedAt = uploaded(city, chance, scene.unit, returnedAt);
  const happenings: Happening[] = [];
  const planted: Planted[] = [];
  spans.forEach(([from, until], i) => {
    const id = chance.id(from, `clip ${i}`);
    const number = `AV-${scene.unit.code.slice(0, 8)}-${dayText(dayOf(from)).replaceAll('-', '')}-${scene.key.replace(/\D/g, '').slice(-8)}${i}`;
    const sha256 = createHash('sha256').update(id).digest('hex');
    happenings.push({
      at: uploadedAt,
      step: {
        type: 'recording',
        subject: id,
        verb: 'register',
        occurredAt: from,
        by: by(wearer),
        sourceKey: `demo ${id}`,
        facts: {
          number,
          source: 'camera',
          device: `DSJ${wearer.number}`,
          wearer: wearer.id,
          unit: scene.unit.id,
          endedAt: until.toISOString(),
          returnedAt: returnedAt.toISOString(),
          uploadedAt: uploadedAt.toISOString(),
          sha256,
          size: Math.round((until.getTime() - from.getTime()) * 700),
          retention: 'ordinary',
          intact: true,
        },
      },
    });
    planted.push({
      rule: 'BWC-04',
      subject: id,
      opened: returnedAt,
      due: plus(returnedAt, 24 * hour),
      met: uploadedAt,
      since: uploadedAt,
      feed: { name: 'camera_dock', unit: scene.unit.id },
    });
    const kept = keepClip(city, chance.at(`keep ${i}`), { id, uploadedAt, unit: scene.unit, wearer });
    happenings.push(...kept.happenings);
    planted.push(...kept.planted);
  });
  const seen = manner !== 'missing' && manner !== 'wrong_wearer' && spans.length > 0;
  return {
    manner,
    happenings,
    planted,
    known: uploadedAt,
    some: seen,
    whole: seen && ['full', 'hole_at_limit'].includes(manner),
  };
}

/** On time nearly always; a few at the limit, a second over it or a day late; what a dead dock held comes after it. */
export function uploaded(city: City, chance: Chance, unit: DemoUnit, returnedAt: Date): Date {
  const how = chance.weighted({ soon: 955, at_limit: 6, over: 6, late: 33 });
  const at =
    how === 'soon'
      ? plus(returnedAt, chance.int(20, 600) * minute)
      : plus(
          returnedAt,
          24 * hour + (how === 'at_limit' ? 0 : how === 'over' ? second : chance.int(30, 1200) * minute),
        );
  const dead = city.outages.find(
    (one) => one.feed === 'camera_dock' && one.unit === unit.id && one.from <= at && one.until > at,
  );
  return dead ? plus(dead.until, chance.int(5, 90) * minute) : at;
}

function spansOf(chance: Chance, scene: Scene, manner: Manner): [Date, Date][] {
  if (manner === 'missing' || manner === 'exempt') return [];
  const on =
    manner === 'late_on'
      ? plus(scene.arrivedAt, chance.int(150, 840) * second)
      : plus(scene.arrivedAt, -chance.int(0, 60) * second);
  const off =
    manner === 'early_off'
      ? plus(scene.handledAt, -chance.int(150, 400) * second)
      : plus(scene.handledAt, chance.int(0, 60) * second);
  const middle = plus(
    scene.arrivedAt,
    Math.round((scene.handledAt.getTime() - scene.arrivedAt.getTime()) / 2 / second) * second,
  );
  if (manner === 'hole_at_limit' || manner === 'hole_over')
    return [
      [on, middle],
      [plus(middle, (manner === 'hole_over' ? 121 : 120) * second), off],
    ];
  const spans: [Date, Date][] = [];
  for (let from = on; from < off; ) {
    const until = new Date(Math.min(plus(from, chance.int(5, 30) * minute).getTime(), off.getTime()));
    spans.push([from, until]);
    from = plus(until, chance.int(0, 3) * second);
  }
  return spans;
}

/** The device was bound to a detective: the footage is there, under the name of somebody who answers no alarms. */
function stranger(city: City, chance: Chance, scene: Scene) {
  const brigades = new Set(city.units.filter((unit) => unit.kind === 'brigade').map((unit) => unit.id));
  return chance.pick(city.people.filter((person) => person.unit !== scene.unit.id && brigades.has(person.unit)));
}
