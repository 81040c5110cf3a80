import { demand, owe } from './case-duties.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import { hour, minute, plus } from './time.ts';

export interface Act {
  kind:
    | 'questioning'
    | 'identification'
    | 'inspection'
    | 'seizure'
    | 'mediation'
    | 'on_spot_penalty'
    | 'reception'
    | 'service';
  /** Two officers, one alone, one with an auxiliary, or an auxiliary alone. */
  by: 'two' | 'one' | 'with_auxiliary' | 'auxiliary';
  inArea?: true;
  onSpot?: true;
  remote?: true;
  recorded?: true;
  /** The rule that wants it recorded, where one does. */
  rule?: string;
}

const counted = ['questioning', 'identification', 'inspection', 'seizure', 'mediation'];
const withOne = ['questioning', 'identification', 'seizure', 'mediation'];

/** One act of a public-order case with its duties: CAS-17, CAS-26a and the recording that the law asks for. */
export function tellAct(told: CaseTelling, at: Date, { by, rule, ...act }: Act): void {
  const { city, unit, lead, co } = told;
  const auxiliary =
    city.people.find((person) => person.unit === unit.id && person.kind === 'auxiliary') ??
    city.people.find((person) => person.kind === 'auxiliary');
  const officers = { two: [lead, co], one: [lead], with_auxiliary: [lead, auxiliary], auxiliary: [auxiliary] }[by];
  const endedAt = plus(at, 95 * minute);
  const since = plus(at, 4 * hour);
  const part = told.chance.at('acts').id(at, act.kind);
  const facts = {
    ...act,
    officers: officers.flatMap((person) => (person ? [person.id] : [])),
    place: act.inArea ? '办案中心询问室' : '现场',
    endedAt: endedAt.toISOString(),
    subjectName: inventName(told.chance.at(`act ${at.getTime()}`), 'male'),
  };
  tellOf(told, 'act', at, facts, part, lead, since);
  demand(told, 'CAS-26a', at, by !== 'auxiliary', { occurrence: part, since });
  if (counted.includes(act.kind)) {
    const isRecordedInside = withOne.includes(act.kind) && act.inArea && act.recorded && by !== 'auxiliary';
    demand(told, 'CAS-17', at, by === 'two' || isRecordedInside === true, { occurrence: part, since });
  }
  if (rule) oweRecording(told, rule, part, endedAt, since, act.recorded === true);
}

/** BWC-08: registered as recorded, or recordings that cover it; known for certain a day after the end. */
export function oweRecording(
  told: CaseTelling,
  rule: string,
  part: string,
  endedAt: Date,
  since: Date,
  recorded: boolean,
): void {
  owe(told, rule, endedAt, plus(endedAt, 24 * hour), recorded ? endedAt : null, {
    occurrence: part,
    since,
    feed: { name: 'camera_dock', unit: told.unit.id },
  });
}
