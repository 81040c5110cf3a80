import { owe, timely } from './case-duties.ts';
import type { Ending } from './case-penalty.ts';
import type { Cast } from './case-people.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfWorkingDays, hour, minute, plus } from './time.ts';

/** CAS-16a, b, c: the decision goes to the punished, to every victim, and of a detention the family is told. */
export function serve(told: CaseTelling, at: Date, ending: Ending, cast: Cast): Date | null {
  const chance = told.chance.at('serve');
  const due = endOfWorkingDays(at, ending.kind === 'public_order' ? 2 : 7);
  const late = plus(due, chance.int(60, 5000) * minute);
  const servedAt = timely(ending.service, due, plus(at, chance.int(10, 90) * minute), late);
  if (servedAt) tellOf(told, 'serve', servedAt);
  owe(told, 'CAS-16a', at, due, servedAt);
  if (ending.kind === 'public_order')
    for (const [i, victim] of cast.victims.entries()) serveVictim(told, at, ending, victim, i);
  if (ending.decision === 'detention') tellFamily(told, at, ending);
  return servedAt;
}

function serveVictim(told: CaseTelling, at: Date, { victims }: Ending, victim: string, i: number): void {
  const chance = told.chance.at(`victim ${i}`);
  const due = endOfWorkingDays(at, 2);
  if (victims === 'noted') {
    const notedAt = plus(at, 6 * hour);
    tellOf(told, 'note_unserved', notedAt, {}, victim);
    owe(told, 'CAS-16b', at, due, null, { occurrence: victim, excused: notedAt });
    return;
  }
  const late = plus(due, chance.int(60, 4000) * minute);
  // Of two victims the second is served in good time.
  const servedAt = timely(i === 0 ? victims : 'soon', due, plus(at, chance.int(21, 26) * hour), late);
  if (servedAt) tellOf(told, 'serve_on_victim', servedAt, {}, victim);
  owe(told, 'CAS-16b', at, due, servedAt, { occurrence: victim });
}

function tellFamily(told: CaseTelling, at: Date, { family }: Ending): void {
  const chance = told.chance.at('family');
  const due = plus(at, 24 * hour);
  if (family === 'noted') {
    const notedAt = plus(at, hour);
    tellOf(told, 'note_family_not_told', notedAt);
    owe(told, 'CAS-16c', at, due, null, { excused: notedAt });
    return;
  }
  const toldAt = timely(family, due, plus(at, chance.int(10, 120) * minute), plus(due, chance.int(60, 3000) * minute));
  if (toldAt) tellOf(told, 'tell_punished_family', toldAt);
  owe(told, 'CAS-16c', at, due, toldAt);
}
