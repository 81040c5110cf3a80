import { receive } from './case-criminal-letters.ts';
import { days, draw, minutes, moment, owe, usual } from './case-criminal-telling.ts';
import { type CaseTelling, type Opening, tellOf } from './case-telling.ts';
import { inventName } from './people.ts';
import { endOfDays, hour, minute, plus, second } from './time.ts';

/** What the registration of a criminal report says beside the usual. */
export function criminalReport(told: CaseTelling): Record<string, unknown> {
  const { plot } = told;
  return {
    ...(draw(told, 'complainant', { no: 70, yes: 30 }) === 'yes' ? { complainant: true } : {}),
    ...(plot.economic ? { economic: true } : {}),
    ...(plot.enterprise ? { enterprise: true, enterpriseName: '澜川市虚构商贸有限公司' } : {}),
    ...(plot.jurisdiction ? { otherProvince: true } : {}),
  };
}

/** CAS-06b: papers that are missing are asked for within a day; the three days of CAS-06a run on. */
export function refer(told: CaseTelling): void {
  if (!told.plot.referral) return;
  const at = told.reportedAt;
  const isMissing = told.plot.papers !== undefined;
  tellOf(told, 'refer', at, { referredBy: '市场监督管理局', ...(isMissing ? { papersMissing: true } : {}) });
  if (!isMissing) return;
  const due = plus(at, 24 * hour);
  const asked = moment(told, 'papers', at, due, [60, 1200]);
  if (asked) tellOf(told, 'ask_papers', asked);
  owe(told, 'CAS-06b', at, due, asked);
}

/** Refused: CAS-04 served on the complainant, CAS-28e not before it is decided; then reviews and the procurator. */
export function refuse(told: CaseTelling, at: Date): void {
  tellOf(told, 'refuse', at, { refuseReason: '经审查,没有犯罪事实。' });
  const due = endOfDays(at, 3);
  const isComplained = told.happenings.some(({ step }) => step.verb === 'report' && step.facts?.complainant === true);
  const isEarly = !isComplained && draw(told, 'serve order', { after: 90, before: 10 }) === 'before';
  const served = isEarly ? plus(at, -second) : moment(told, 'serve', at, due, [120, 3600]);
  // What is served before it is decided is entered with the decision.
  if (served) tellOf(told, 'serve_refusal', served, {}, undefined, told.lead, isEarly ? at : served);
  if (isComplained) owe(told, 'CAS-04', at, due, served);
  if (served) owe(told, 'CAS-28e', served, served, isEarly ? null : served, isEarly ? { since: at } : {});
  if (told.plot.opening !== 'refused') return;
  if (told.plot.agency) agencyReview(told, at);
  else if (served) reconsider(told, served);
  procurator(told, plus(at, days(told, 'procurator', 8, 12)));
}

/** CAS-05a: thirty days, thirty more where it is approved and told; an application after seven days is none. */
function reconsider(told: CaseTelling, served: Date): void {
  const how = draw(told, 'reconsider', {
    none: 40,
    soon: 60,
    at: 0,
    over: 0,
    late: 0,
    never: 0,
    extended: 0,
    untold: 0,
    out: 0,
  });
  if (how === 'none') return;
  const at = plus(served, how === 'out' ? 9 * 24 * hour : days(told, 'applied', 1, 6));
  const part = apply(told, 'reconsideration', at, '县级公安机关');
  if (how === 'out') return;
  const isExtended = how === 'extended' || how === 'untold';
  const extendedAt = plus(at, 25 * 24 * hour);
  if (isExtended)
    tellOf(
      told,
      'extend_refusal_review',
      extendedAt,
      how === 'extended' ? { extensionToldAt: extendedAt.toISOString() } : {},
      part,
      told.co,
    );
  const first = endOfDays(at, 30);
  const due = how === 'extended' ? endOfDays(at, 60) : first;
  const decided = isExtended
    ? plus(at, days(told, 'reconsidered', 35, 50))
    : moment(told, 'reconsider', at, due, [10 * 1440, 25 * 1440], { [how]: 1 });
  if (decided) {
    tellOf(told, 'decide_refusal_review', decided, { result: 'upheld' }, part, told.co);
    tellOf(told, 'serve_refusal_review', decided, {}, part);
  }
  if (how === 'extended') {
    owe(told, 'CAS-05a', at, first, null, { occurrence: part, gone: extendedAt });
    owe(told, 'CAS-05a', at, due, decided, { occurrence: part, since: extendedAt });
  } else owe(told, 'CAS-05a', at, due, decided, { occurrence: part });
  if (decided) higher(told, decided);
}

/** CAS-05b: the higher bureau has the same thirty days. */
function higher(told: CaseTelling, served: Date): void {
  const how = draw(told, 'higher', { none: 60, soon: 40, at: 0, over: 0, late: 0, never: 0 });
  if (how === 'none') return;
  const at = plus(served, days(told, 'applied again', 1, 6));
  const part = apply(told, 'review', at, '澜川市公安局');
  const due = endOfDays(at, 30);
  const decided = moment(told, 'higher', at, due, [10 * 1440, 25 * 1440], { [how]: 1 });
  if (decided) tellOf(told, 'decide_refusal_review', decided, { result: 'upheld' }, part, told.co);
  owe(told, 'CAS-05b', at, due, decided, { occurrence: part });
}

/** CAS-06c: the referring agency has its answer in three days. */
function agencyReview(told: CaseTelling, refusedAt: Date): void {
  const at = plus(refusedAt, days(told, 'agency applied', 1, 2));
  const part = apply(told, 'agency', at, '县级公安机关');
  const due = endOfDays(at, 3);
  const decided = moment(told, 'agency', at, due, [600, 3000]);
  if (decided) tellOf(told, 'decide_refusal_review', decided, { result: 'upheld' }, part, told.co);
  owe(told, 'CAS-06c', at, due, decided, { occurrence: part });
}

function apply(told: CaseTelling, kind: string, at: Date, authority: string): string {
  const part = told.chance.id(at, `review ${kind}`);
  const applicant = kind === 'agency' ? '市场监督管理局' : inventName(told.chance.at('criminal applicant'), 'female');
  tellOf(told, 'apply_review', at, { kind, authority, applicant }, part);
  return part;
}

/** CAS-07a: seven days to say why nothing was filed; CAS-07b: fifteen to file when told to. */
function procurator(told: CaseTelling, at: Date): void {
  const explain = draw(told, 'explain', { none: 70, soon: 30, at: 0, over: 0, late: 0, never: 0 });
  if (explain !== 'none') {
    const part = receive(told, 'explain', at);
    const due = endOfDays(at, 7);
    const answered = moment(told, 'explain', at, due, [1440, 5 * 1440], { [explain]: 1 });
    if (answered) tellOf(told, 'answer_supervision', answered, {}, part);
    owe(told, 'CAS-07a', at, due, answered, { occurrence: part });
  }
  const order = draw(told, 'order', { none: 80, soon: 20, at: 0, over: 0, late: 0, never: 0 });
  if (order === 'none') return;
  const ordered = plus(at, days(told, 'ordered', 12, 16));
  const part = receive(told, 'file', ordered);
  const due = endOfDays(ordered, 15);
  const filed = moment(told, 'order', ordered, due, [2 * 1440, 12 * 1440], { [order]: 1 });
  owe(told, 'CAS-07b', ordered, due, filed, { occurrence: part });
  if (filed) fileNow(told, filed);
}

/** CAS-28d: the filing is approved with it; sometimes a second or some hours later, seldom not at all. */
export function filingApproval(told: CaseTelling, at: Date): Record<string, unknown> {
  const how = draw(told, 'filing', { same: 965, over: 10, late: 13, none: 12 });
  return how === 'none' ? {} : { filingApprovedAt: filingEntered(told, at).toISOString() };
}

/** When the filing is entered: not before its approval. */
export function filingEntered(told: CaseTelling, at: Date): Date {
  const how = draw(told, 'filing', { same: 965, over: 10, late: 13, none: 12 });
  return how === 'over' ? plus(at, second) : how === 'late' ? plus(at, minutes(told, 'filing', 60, 300)) : at;
}

/** Filed outside the usual way; the reporter gets his receipt and is told of it. */
function fileNow(told: CaseTelling, at: Date): void {
  tellOf(told, 'file', at, {
    filingNumber: `立字${told.key.replace(/\D/g, '').slice(-5)}号`,
    filingApprovedAt: at.toISOString(),
  });
  const handed = plus(at, 20 * minute);
  tellOf(told, 'hand_receipt', handed);
  owe(told, 'CAS-03', at, plus(at, 24 * hour), handed);
  const toldAt = plus(at, minutes(told, 'filing told', 60, 1400));
  tellOf(told, 'tell_filing', toldAt);
  owe(told, 'CAS-34a', at, endOfDays(at, 3), toldAt);
}

/** ENT-05a: seven days, thirty with the county's approval, thirty more with the city's. */
export function fileEconomic(told: CaseTelling, report: () => void): Opening {
  report();
  const { reportedAt } = told;
  const how = draw(told, 'economic', { ...usual, thirty: 0, sixty: 0, low: 0 });
  const isLong = how === 'thirty' || how === 'sixty' || how === 'low';
  const duty = { first: endOfDays(reportedAt, 7), second: endOfDays(reportedAt, 30), third: endOfDays(reportedAt, 60) };
  const [approvedAt, againAt] = [plus(reportedAt, 5 * 24 * hour), plus(reportedAt, 27 * 24 * hour)];
  if (isLong) {
    tellOf(told, 'extend_review', approvedAt, { longReviewLevel: 'county' }, undefined, told.co);
    owe(told, 'ENT-05a', reportedAt, duty.first, null, { gone: approvedAt });
  }
  if (how === 'sixty' || how === 'low')
    tellOf(
      told,
      'extend_review_again',
      againAt,
      { secondReviewLevel: how === 'low' ? 'county' : 'city' },
      undefined,
      told.co,
    );
  if (how === 'sixty') owe(told, 'ENT-05a', reportedAt, duty.second, null, { since: approvedAt, gone: againAt });
  const at =
    how === 'thirty'
      ? plus(reportedAt, days(told, 'economic', 12, 25))
      : how === 'sixty' || how === 'low'
        ? plus(reportedAt, days(told, 'economic', 35, 52))
        : moment(told, 'economic', reportedAt, duty.first, [600, 6 * 1440]);
  owe(
    told,
    'ENT-05a',
    reportedAt,
    how === 'sixty' ? duty.third : isLong ? duty.second : duty.first,
    at,
    how === 'sixty' ? { since: againAt } : isLong ? { since: approvedAt } : {},
  );
  if (at) fileNow(told, at);
  return { openedAt: at, answeredAt: at };
}
