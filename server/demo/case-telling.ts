import type { Chance } from './chance.ts';
import type { City } from './city.ts';
import type { DemoPerson } from './people.ts';
import { by, type Happening, type Planted } from './story.ts';
import { minute, plus } from './time.ts';
import type { DemoUnit } from './units.ts';

export interface Source {
  alarm?: string;
  handledAt: Date;
  criminal: boolean;
  cause: string;
  key: string;
  /** Of the day, at this station. */
  serial: number;
  /** What is settled about the story; everything else is drawn. */
  plot?: Plot;
}

/** How some things of a criminal story go, by the name of the draw. */
export type Plot = Readonly<Record<string, string>>;

/** A case being told: who handles it, what happened and what is owed. */
export interface CaseTelling {
  city: City;
  chance: Chance;
  unit: DemoUnit;
  id: string;
  key: string;
  lead: DemoPerson;
  co: DemoPerson;
  criminal: boolean;
  plot: Plot;
  /** Of the day, at this station. */
  serial: number;
  reportedAt: Date;
  happenings: Happening[];
  planted: Planted[];
}

/** A case of this source, with its officers; nothing of it is told yet. */
export function newTelling(city: City, unit: DemoUnit, source: Source): CaseTelling {
  const chance = city.chance(`case/${source.key}`);
  const reportedAt = plus(source.handledAt, chance.int(5, 50) * minute);
  const officers = city.police(unit.id).filter((person) => person.roles.includes('case-officer'));
  const pool = officers.length > 0 ? officers : city.police(unit.id);
  const lead = chance.pick(pool);
  const others = city.police(unit.id).filter((person) => person !== lead);
  const co = others.length > 0 ? chance.pick(others) : city.withRole('case-officer', unit);
  return {
    city,
    chance,
    unit,
    id: chance.id(reportedAt, 'case'),
    key: source.key,
    lead,
    co,
    criminal: source.criminal,
    plot: source.plot ?? {},
    serial: source.serial,
    reportedAt,
    happenings: [],
    planted: [],
  };
}

/** How the examination of the report ended: opened as a case, answered otherwise, or not at all. */
export interface Opening {
  openedAt: Date | null;
  answeredAt: Date | null;
}

/** Tells a step of the case. */
export function tellOf(
  told: CaseTelling,
  verb: string,
  at: Date,
  facts: Record<string, unknown> = {},
  part?: string,
  author = told.lead,
  recorded = at,
): void {
  told.happenings.push({
    at: recorded,
    step: {
      type: 'case',
      subject: told.id,
      verb,
      occurredAt: at,
      by: by(author, 'case-officer'),
      facts,
      sourceKey: `demo ${told.id} ${verb} ${part ?? ''}`,
      ...(part ? { part } : {}),
    },
  });
}
