import type { Place } from './case-opened.ts';
import type { CaseTelling } from './case-telling.ts';
import { actTurns } from './case-turns-acts.ts';
import { decisionTurns } from './case-turns-decisions.ts';
import { hearingTurns } from './case-turns-hearings.ts';
import { otherTurns } from './case-turns-other.ts';
import { spotTurns } from './case-turns-spot.ts';
import type { City } from './city.ts';
import type { Story } from './story.ts';
import type { Day } from './time.ts';
import type { DemoUnit } from './units.ts';

export type Turn = (place: Place) => CaseTelling;

/** Those with the longest terms come first: they end within the run-in. */
const turns: readonly Turn[] = [...otherTurns, ...decisionTurns, ...hearingTurns, ...spotTurns, ...actTurns];

/**
 * The rare courses of administrative cases take turns, one a day in the whole city: each comes round whatever the draws
 * are, so that the smallest city has them all.
 */
export function turnsOf(city: City, unit: DemoUnit, day: Day): Story[] {
  if (city.stations[day % city.stations.length]?.id !== unit.id) return [];
  const turn = (day - city.first + city.runIn) % turns.length;
  const told = turns[turn]?.({ city, unit, day, turn });
  return told ? [told] : [];
}
