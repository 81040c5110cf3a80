import { bail, confine } from './case-criminal-bail.ts';
import { arrest, detain } from './case-criminal-custody.ts';
import { letter } from './case-criminal-letters.ts';
import { type Taking, take } from './case-criminal-measure.ts';
import { draw, minutes, moment, tellHeld } from './case-criminal-telling.ts';
import { act } from './case-handling.ts';
import type { CaseTelling } from './case-telling.ts';
import { inventName } from './people.ts';
import { endOfDays, hour, minute, plus } from './time.ts';

/** What is done to the suspect of a criminal case that was filed: in most cases nobody is known. */
export function coerce(told: CaseTelling, filedAt: Date): void {
  letter(told, filedAt);
  const isKnown = told.happenings.some(({ step }) => step.verb === 'report' && step.facts?.suspectKnown === true);
  if (!isKnown) return;
  const path = draw(told, 'path', {
    detention: 40,
    bail: 41,
    residence: 5,
    summons: 6,
    none: 2,
    arrest: 0,
    freezing: 0,
  });
  const when = draw(told, 'when', { after: 940, same: 10, before: 25, urgent: 25 });
  const startedAt =
    when === 'after'
      ? plus(filedAt, minutes(told, 'when', 60, 1400))
      : when === 'same'
        ? filedAt
        : plus(told.reportedAt, minute);
  const taking: Taking = {
    kind: path,
    startedAt,
    name: inventName(told.chance.at('criminal suspect'), 'male'),
    early: startedAt < filedAt,
    urgent: when === 'urgent',
  };
  if (path === 'detention') detain(told, taking);
  if (path === 'bail') bail(told, startedAt, taking.name, taking);
  if (path === 'residence') confine(told, startedAt, taking.name, taking);
  if (path === 'arrest') arrest(told, plus(filedAt, 20 * hour), taking.name, false);
  if (path === 'summons')
    briefly(told, { ...taking, kind: draw(told, 'summons', { summons: 70, coerced_summons: 30 }) }, 9);
  if (path === 'none' && told.plot.acts) begin(told, filedAt);
  if (path === 'freezing') briefly(told, taking, 20 * 24);
}

/** The first thing that is done about a case whose suspect is known: within thirty days (CAS-29a). */
function begin(told: CaseTelling, filedAt: Date): void {
  const at = moment(told, 'first', filedAt, endOfDays(filedAt, 30), [1440, 25 * 1440]);
  if (at) act(told, 9, 'questioning', at);
}

function briefly(told: CaseTelling, taking: Taking, hours: number): void {
  const held = take(told, taking);
  tellHeld(held, 'end_measure', plus(taking.startedAt, hours * hour));
}
