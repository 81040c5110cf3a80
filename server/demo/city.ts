import { type Chance, chanceOf } from './chance.ts';
import { type DemoPerson, demoPeople } from './people.ts';
import type { Outage } from './story.ts';
import { type Day, onDay } from './time.ts';
import { type DemoUnit, demoUnits } from './units.ts';

/** A pair that answers alarms together: an officer who leads and, where there is one, an auxiliary. */
export interface Crew {
  lead: DemoPerson;
  members: DemoPerson[];
}

/** The city that a seed and a size give; days are told from it one by one. */
export interface City {
  seed: number;
  officers: number;
  units: readonly DemoUnit[];
  stations: readonly DemoUnit[];
  people: readonly DemoPerson[];
  /** First day with alarms and shifts; cases run in from `runIn` days before. */
  first: Day;
  runIn: number;
  /** The day of the story that a newcomer is shown; its findings are left to him. */
  shownOn: Day;
  outages: readonly Outage[];
  crews(unit: number): readonly Crew[];
  police(unit: number): readonly DemoPerson[];
  withRole(role: string, near: DemoUnit): DemoPerson;
  chance(key: string): Chance;
}

/** `days` of alarms from `first` on; the story is shown two days before their end. */
export function createCity(seed: number, officers: number, first: Day, days: number): City {
  const people = demoPeople(seed, officers);
  const byUnit = new Map<number, DemoPerson[]>();
  for (const person of people) byUnit.set(person.unit, [...(byUnit.get(person.unit) ?? []), person]);
  const of = (unit: number) => byUnit.get(unit) ?? [];
  const crews = new Map(demoUnits.map((unit) => [unit.id, crewsOf(of(unit.id))]));
  return {
    seed,
    officers,
    people,
    first,
    runIn: 120,
    shownOn: first + days - 2,
    units: demoUnits,
    stations: demoUnits.filter((unit) => unit.kind === 'station'),
    outages: plannedOutages(first),
    crews: (unit) => crews.get(unit) ?? [],
    police: (unit) => of(unit).filter((person) => person.kind === 'police'),
    withRole: (role, near) => {
      const all = people.filter((person) => person.roles.includes(role));
      const inBureau = all.filter((person) =>
        demoUnits.some(
          (unit) =>
            unit.id === person.unit && (unit.id === near.id || unit.parent === near.parent || unit.id === near.parent),
        ),
      );
      const found = all.find((person) => person.unit === near.id) ?? inBureau[0] ?? all[0];
      if (!found) throw new Error(`nobody is ${role}`);
      return found;
    },
    chance: (key) => chanceOf(seed, key),
  };
}

function crewsOf(people: readonly DemoPerson[]): Crew[] {
  const police = people.filter((person) => person.kind === 'police' && !person.roles.includes('unit-head'));
  const leads = police.length > 0 ? police : people.filter((person) => person.kind === 'police');
  const auxiliaries = people.filter((person) => person.kind === 'auxiliary');
  return leads.map((lead, i) => {
    const auxiliary = auxiliaries[i % Math.max(auxiliaries.length, 1)];
    return { lead, members: auxiliary && i < auxiliaries.length ? [lead, auxiliary] : [lead] };
  });
}

/** The docking station of 柳浦 failed for two days, 府前 had no device log for a week, 柏陵 lost its dispatch link for a morning, the bank's answers failed 北门 and 河东, the recorders of 北门's rooms sent nothing for a day and a half. */
const plannedOutages = (first: Day): Outage[] => [
  { feed: 'camera_dock', unit: 23, from: onDay(first + 9, 6), until: onDay(first + 11, 6) },
  { feed: 'device_log', unit: 18, from: onDay(first + 12, 0), until: onDay(first + 19, 0) },
  { feed: 'dispatch', unit: 42, from: onDay(first + 5, 8), until: onDay(first + 5, 14) },
  { feed: 'bank', unit: 16, from: onDay(first + 3, 0), until: onDay(first + 8, 0) },
  { feed: 'bank', unit: 17, from: onDay(first - 60, 0), until: onDay(first - 45, 0) },
  { feed: 'area_recorder', unit: 16, from: onDay(first - 30, 8), until: onDay(first - 29, 20) },
];
