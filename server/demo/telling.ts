import { alarmsOf } from './alarms.ts';
import { criminalTurns } from './case-criminal-turns.ts';
import { turnsOf } from './case-turns.ts';
import { casesOf } from './cases.ts';
import type { City } from './city.ts';
import { complaintsOf } from './complaints.ts';
import { archivesOf } from './footage-keeping.ts';
import { freezeTeller } from './freezes.ts';
import { inspectionsOf } from './inspections.ts';
import { licencesOf } from './licences.ts';
import { shiftsOf } from './shifts.ts';
import type { Happening, Planted, Story } from './story.ts';
import { type Day, dayOf } from './time.ts';
import { walkInsOf } from './walk-ins.ts';

/** One day of the city: what was recorded on it, in order, and the duties of the stories that began on it. */
export interface ToldDay {
  day: Day;
  happenings: Happening[];
  planted: Planted[];
}

/**
 * Tells the city day by day from the run-in up to the day of `until`. A story may go on for weeks: its steps come out
 * on the days on which they are recorded, those after `until` never. The same city comes out however often it is told.
 */
export function* tellCity(city: City, until: Date): Generator<ToldDay> {
  const last = dayOf(until);
  const waiting = new Map<Day, Happening[]>();
  let planted: Planted[] = [];
  const take = (stories: readonly Story[]) => {
    for (const story of stories) {
      for (const happening of story.happenings) {
        if (happening.at > until) continue;
        const day = dayOf(happening.at);
        const of = waiting.get(day) ?? [];
        of.push(happening);
        waiting.set(day, of);
      }
      planted.push(...story.planted);
    }
  };
  const freezesOf = freezeTeller(city);
  for (let day = city.first - city.runIn; day <= last; day += 1) {
    for (const unit of city.stations) {
      const told =
        day < city.first ? casesOf(city, unit, day) : [...alarmsOf(city, unit, day), ...walkInsOf(city, unit, day)];
      take([...told, ...freezesOf(told)]);
      take([...turnsOf(city, unit, day), ...criminalTurns(city, unit, day)]);
      if (day >= city.first) take(archivesOf(city, unit, day));
      // The roster is written the day before.
      if (day + 1 >= city.first && day < last) take(shiftsOf(city, unit, day + 1));
    }
    take(complaintsOf(city, day));
    take(licencesOf(city, day));
    take(inspectionsOf(city, day));
    const happenings = inOrder(waiting.get(day) ?? []);
    waiting.delete(day);
    yield { day, happenings, planted };
    planted = [];
  }
}

/** By the time of recording; what is recorded at one instant stays in the order in which it was told. */
const inOrder = (happenings: Happening[]): Happening[] =>
  happenings
    .map((one, i) => ({ one, i }))
    .sort((a, b) => a.one.at.getTime() - b.one.at.getTime() || a.i - b.i)
    .map(({ one }) => one);
