import { endInvestigation } from './case-criminal-end.ts';
import { earlier, heldMonths, later, moment, owe } from './case-criminal-telling.ts';
import { type CaseTelling, tellOf } from './case-telling.ts';
import { endOfDays, hour, plus, second } from './time.ts';

interface Told {
  at: Date;
  recorded: Date;
  facts: Record<string, unknown>;
  part: string;
}

/** The steps of a kind, as they were told. */
const stepsOf = (told: CaseTelling, ...verbs: string[]): Told[] =>
  told.happenings
    .filter(({ step }) => step.subject === told.id && verbs.includes(step.verb))
    .map(({ at, step }) => ({ at: step.occurredAt, recorded: at, facts: step.facts ?? {}, part: step.part ?? '' }));

const custody = ['detention', 'arrest'];
const personal = [...custody, 'bail', 'residence'];

/** What can only be said when the whole story of a criminal case is told. */
export function finish(told: CaseTelling): void {
  searches(told);
  referral(told);
  const [filed] = stepsOf(told, 'file');
  if (!filed) return;
  approval(told, filed);
  jurisdiction(told, filed.at);
  stale(told, filed.at);
  investigation(told, filed.at);
}

/** CAS-28b: approved before, unless somebody is detained or arrested in the day before. */
function searches(told: CaseTelling): void {
  const measures = stepsOf(told, 'measure').filter(({ facts }) => custody.includes(String(facts.kind)));
  for (const search of stepsOf(told, 'act').filter(({ facts }) => facts.kind === 'search')) {
    const approvedAt = search.facts.approvedAt ? new Date(String(search.facts.approvedAt)) : null;
    const isRight = approvedAt !== null && approvedAt <= search.at;
    const [with_] = measures.filter(({ at }) => at <= search.at && search.at <= plus(at, 24 * hour));
    owe(told, 'CAS-28b', search.at, search.at, isRight ? search.at : null, {
      occurrence: search.part,
      since: search.recorded,
      ...(with_ ? { excused: later(search.recorded, with_.recorded) } : {}),
    });
  }
}

/** CAS-06a: filed or refused within three days of the referral. */
function referral(told: CaseTelling): void {
  for (const { at } of stepsOf(told, 'refer')) {
    const [answer] = stepsOf(told, 'file', 'refuse').sort((a, b) => a.at.getTime() - b.at.getTime());
    owe(told, 'CAS-06a', at, endOfDays(at, 3), answer?.at ?? null, answer ? { known: answer.recorded } : {});
  }
}

/** CAS-28d: the paper says that the filing was approved first. */
function approval(told: CaseTelling, filed: Told): void {
  const approvedAt = filed.facts.filingApprovedAt ? new Date(String(filed.facts.filingApprovedAt)) : null;
  const isRight = approvedAt !== null && approvedAt <= filed.at;
  owe(told, 'CAS-28d', filed.at, filed.at, isRight ? filed.at : null, { since: filed.recorded });
}

/** ENT-02: for an enterprise of another province the ground and the city's approval stand before the filing. */
function jurisdiction(told: CaseTelling, filedAt: Date): void {
  const how = told.plot.jurisdiction;
  if (!how) return;
  const at = how === 'at' ? filedAt : how === 'over' ? plus(filedAt, second) : plus(filedAt, -20 * 60 * second);
  if (how !== 'never')
    tellOf(told, 'record_jurisdiction', at, {
      jurisdictionBasis: how === 'other' ? 'other' : how === 'at' ? 'company_place' : 'main_place',
      jurisdictionLevel: how === 'low' ? 'county' : how === 'at' ? 'province' : 'city',
    });
  owe(told, 'ENT-02', filedAt, filedAt, how === 'soon' || how === 'at' ? filedAt : null);
}

/** CAS-29a: something is done within thirty days of the filing; CAS-29b: and within sixty of the bail. */
function investigation(told: CaseTelling, filedAt: Date): void {
  const acts = stepsOf(told, 'act').filter(({ facts }) => facts.kind !== 'scene');
  const measures = stepsOf(told, 'measure');
  const ends = stepsOf(told, 'end_investigation', 'prosecute', 'withdraw');
  const isKnown = stepsOf(told, 'report').some(({ facts }) => facts.suspectKnown === true);
  if (isKnown) {
    const due = endOfDays(filedAt, 30);
    const first = firstOf(
      [...acts, ...measures, ...ends].filter(({ at }) => at >= filedAt),
      due,
    );
    owe(told, 'CAS-29a', filedAt, due, first?.at ?? null, first ? { known: first.recorded } : {});
  }
  for (const bail of measures.filter(({ facts }) => facts.kind === 'bail')) {
    const due = endOfDays(bail.at, 60);
    const ended = stepsOf(told, 'end_measure').filter(({ part }) => part === bail.part);
    const after = [...acts, ...measures].filter(({ at }) => at > bail.at);
    const first = firstOf([...after, ...ends.filter(({ at }) => at >= bail.at), ...ended], due);
    owe(told, 'CAS-29b', bail.at, due, first?.at ?? null, {
      occurrence: bail.part,
      since: bail.recorded,
      ...(first ? { known: later(first.recorded, bail.recorded) } : {}),
    });
  }
}

/** The first that is known of: one in time counts as soon as it is entered. */
function firstOf(steps: readonly Told[], due: Date): Told | undefined {
  const inTime = steps.filter(({ at }) => at <= due);
  return [...(inTime.length > 0 ? inTime : steps)].sort((a, b) => a.recorded.getTime() - b.recorded.getTime())[0];
}

/** ENT-05b: an economic case rests two years at most, or one after its measure ended. */
function stale(told: CaseTelling, filedAt: Date): void {
  if (!told.plot.economic) return;
  const [measure] = stepsOf(told, 'measure').filter(({ facts }) => personal.includes(String(facts.kind)));
  const [ended] = stepsOf(told, 'end_measure').filter(({ part }) => part === measure?.part);
  const rests = measure ? ended?.at : filedAt;
  if (told.plot.stale && rests) {
    const at = moment(told, 'stale', rests, months(rests, measure ? 12 : 24), [100 * 1440, 300 * 1440]);
    if (at) endInvestigation(told, at);
  }
  const closed = earlier(...stepsOf(told, 'withdraw', 'end_investigation', 'prosecute').map(({ at }) => at));
  owe(told, 'ENT-05b', filedAt, months(filedAt, 24), closed, measure ? { gone: measure.recorded } : {});
  if (ended && (!closed || ended.at <= closed))
    owe(told, 'ENT-05b', ended.at, months(ended.at, 12), closed, { since: ended.recorded });
}

/** Months by the calendar; a last day that is not worked rolls forward. */
const months = (from: Date, n: number): Date => endOfDays(plus(heldMonths(from, n), -24 * hour), 1);
