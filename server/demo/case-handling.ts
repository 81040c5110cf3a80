import { oweRecording } from './case-acts.ts';
import { searchWarrant } from './case-criminal-measure.ts';
import { demand, owe } from './case-duties.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import { hour, minute, plus, second } from './time.ts';

/** Acts, and in administrative cases summonses: two qualified officers (CAS-17). */
export function handle(told: CaseTelling, openedAt: Date): void {
  const { chance } = told;
  const acts = told.plot.acts ? 0 : chance.int(1, 3);
  for (let i = 0; i < acts; i += 1) {
    const kind = chance.weighted({
      questioning: 60,
      identification: 12,
      inspection: 16,
      search: told.criminal ? 8 : 0,
      scene: 4,
    });
    const at = plus(openedAt, (i * 26 + 1) * hour + chance.int(0, 90) * minute);
    act(told, i, kind, at);
  }
  if (!told.criminal && chance.yes(0.2)) measure(told, openedAt);
}

export function act(told: CaseTelling, i: number, kind: string, at: Date): void {
  const { chance } = told;
  const auxiliary = told.city.people.find((person) => person.unit === told.unit.id && person.kind === 'auxiliary');
  const how = chance.weighted({ two: 940, one_recorded: 20, one_alone: 14, with_auxiliary: 12, late_entry: 14 });
  const officers =
    how === 'two' || how === 'late_entry'
      ? [told.lead.id, told.co.id]
      : how === 'with_auxiliary' && auxiliary
        ? [told.lead.id, auxiliary.id]
        : [told.lead.id];
  const inArea = how === 'one_recorded' || chance.yes(0.8);
  const recorded = how === 'one_recorded';
  const part = chance.id(at, `act ${i}`);
  const isAlone = how !== 'two' && how !== 'late_entry';
  const isInside = isAlone && inArea && !told.criminal && ['questioning', 'identification'].includes(kind);
  // Longer than any footage of an alarm that the officer happens to wear meanwhile.
  const endedAt = plus(at, (chance.int(30, 110) + (isInside && !recorded ? 80 : 0)) * minute);
  const entry = how === 'two' ? chance.at(`entered ${i}`).weighted({ soon: 984, at: 8, over: 8 }) : 'soon';
  const since =
    entry !== 'soon'
      ? plus(endedAt, 24 * hour + (entry === 'over' ? second : 0))
      : plus(at, how === 'late_entry' ? 30 * hour : 4 * hour);
  tellOf(
    told,
    'act',
    at,
    {
      kind,
      officers,
      place: inArea ? '办案中心询问室' : '现场',
      inArea,
      recorded,
      endedAt: endedAt.toISOString(),
      enteredAt: since.toISOString(),
      subjectName: inventName(chance, 'male'),
      ...(told.criminal && kind === 'search' ? searchWarrant(told, i, at) : {}),
    },
    part,
    told.lead,
    since,
  );
  owe(told, 'CAS-28f', endedAt, plus(endedAt, 24 * hour), since, { occurrence: part, since });
  if (kind === 'scene') return;
  demand(told, 'CAS-26a', at, true, { occurrence: part, since });
  if (isInside) oweRecording(told, 'BWC-08b', part, endedAt, since, recorded);
  told.planted.push({
    rule: 'CAS-17',
    subject: told.id,
    occurrence: part,
    opened: at,
    due: at,
    since,
    ...(isEnough(kind, officers.length, how === 'with_auxiliary', recorded && inArea && !told.criminal)
      ? { met: at }
      : {}),
  });
}

/** What the law of 2026 asks of the number of officers; calming a scene owes nothing and is left out by the caller. */
function isEnough(kind: string, officers: number, withAuxiliary: boolean, recordedInside: boolean): boolean {
  const qualified = withAuxiliary ? 1 : officers;
  if (qualified >= 2) return true;
  return recordedInside && ['questioning', 'identification', 'seizure', 'mediation'].includes(kind);
}

/** Summoned, with or without force: neither is coercion in the sense of the ban before filing. */
function measure(told: CaseTelling, openedAt: Date): void {
  const { chance } = told;
  const how = chance.weighted({ after: 940, same: 10, before: 25, urgent: 25 });
  const filed = plus(openedAt, second);
  const startedAt =
    how === 'after'
      ? plus(filed, chance.int(60, 1400) * minute)
      : how === 'same'
        ? filed
        : plus(told.reportedAt, minute);
  const kind = chance.weighted({ summons: 70, coerced_summons: 30 });
  const part = chance.id(startedAt, 'measure');
  const approvedAt = plus(startedAt, -chance.int(5, 40) * minute);
  tellOf(
    told,
    'measure',
    startedAt,
    {
      kind,
      approvedAt: approvedAt.toISOString(),
      approvalRecordedAt: plus(approvedAt, minute).toISOString(),
      level: 'county',
      urgent: how === 'urgent',
      subjectName: inventName(chance, 'male'),
    },
    part,
  );
  tellOf(told, 'end_measure', plus(startedAt, chance.int(8, 20) * hour), {}, part);
}
