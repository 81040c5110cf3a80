import { appraiseInjury } from './case-appraisals.ts';
import { pursue } from './case-course.ts';
import { coerce } from './case-criminal.ts';
import { finish } from './case-criminal-finish.ts';
import { handle } from './case-handling.ts';
import { acceptAdministrative, fileCriminal, isInjury, isKnown } from './case-opening.ts';
import { castOf } from './case-people.ts';
import { type CaseTelling, newTelling, type Opening, type Source } from './case-telling.ts';
import type { City } from './city.ts';
import { itemsOf } from './items.ts';
import { occasionsOf } from './stay-occasions.ts';
import { staysOf } from './stays.ts';
import { by, type Story } from './story.ts';
import { type Day, onDay } from './time.ts';
import type { DemoUnit } from './units.ts';

const runInCauses = {
  criminal: ['盗窃', '诈骗', '故意伤害', '敲诈勒索'],
  public_order: ['殴打他人', '盗窃', '故意损毁财物', '寻衅滋事', '赌博'],
};

/** Walk-in reports of the days before the alarms begin: 250 administrative and 130 criminal cases in 30 days of 120 people. */
export function casesOf(city: City, unit: DemoUnit, day: Day): Story[] {
  const chance = city.chance(`cases/${unit.id}/${day}`);
  const mean = (unit.alarms * city.officers * 12.7) / (120 * 118);
  const count = Math.max(0, Math.round(chance.normal(mean, Math.sqrt(mean) * 0.6)));
  const walkIns = Array.from({ length: count }, (_, n) => {
    const criminal = chance.yes(0.34);
    const handledAt = onDay(day, 8 + chance.next() * 12);
    return tellCase(city, unit, {
      handledAt,
      criminal,
      cause: chance.pick(criminal ? runInCauses.criminal : runInCauses.public_order),
      key: `r${day}-${unit.id * 100 + n}`,
      serial: n + 1,
    }).told;
  });
  return [...walkIns, ...occasionsOf(city, unit, day)];
}

/**
 * The case that an alarm led to; `answeredAt` is when it was accepted, filed, refused, merged or transferred, `at` when
 * it was linked.
 */
export function caseOfAlarm(
  city: City,
  unit: DemoUnit,
  source: Source & { alarm: string },
): { story: Story; answeredAt: Date | null; linkedAt: Date; at: Date } {
  const { told, opening } = tellCase(city, unit, source);
  const linkedAt = opening.openedAt ?? told.reportedAt;
  told.happenings.push({
    at: linkedAt,
    step: {
      type: 'alarm',
      subject: source.alarm,
      verb: 'link_case',
      occurredAt: linkedAt,
      by: by(told.lead, 'case-officer'),
      facts: { case: told.id },
      sourceKey: `demo ${source.alarm} link_case`,
    },
  });
  const answeredAt = opening.answeredAt;
  return {
    story: told,
    answeredAt,
    linkedAt: answeredAt && answeredAt > linkedAt ? answeredAt : linkedAt,
    at: linkedAt,
  };
}

export function tellCase(city: City, unit: DemoUnit, source: Source): { told: CaseTelling; opening: Opening } {
  const told = newTelling(city, unit, source);
  const opening = source.criminal ? fileCriminal(told, source) : acceptAdministrative(told, source);
  if (opening.openedAt) {
    if (!told.plot.legacy) handle(told, opening.openedAt);
    if (source.criminal) coerce(told, opening.openedAt);
    else pursueCase(told, source, opening.openedAt);
    if (!told.plot.legacy) staysOf(told, opening.openedAt);
  }
  if (source.criminal) finish(told);
  // Last: what becomes of property depends on how the case ends.
  if (opening.openedAt && !told.plot.legacy) itemsOf(told, opening.openedAt);
  return { told, opening };
}

/** A public-order case that was accepted: who takes part, the injury, the decision. */
function pursueCase(told: CaseTelling, source: Source, openedAt: Date): void {
  const known = isKnown(told);
  const injury = isInjury(told, source.cause);
  const cast = castOf(told, source.cause, openedAt, known);
  if (injury) appraiseInjury(told, openedAt, known);
  pursue(told, openedAt, cast, known, injury);
}
