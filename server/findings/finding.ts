import { defineSubject, type Step } from '../subjects/define.ts';
import { facts } from './facts.ts';
import * as guards from './guards.ts';
import type { State } from './states.ts';
import type { Act, FactName, Transition, Values } from './transition.ts';

const open: readonly State[] = ['screening', 'issued', 'explaining', 'judging', 'rectifying', 'rechecking'];
const everywhere: readonly State[] = [...open, 'closed', 'dismissed', 'false_alarm', 'merged', 'objection', 'suspended'];

/** The people who owe duties: they explain and rectify. */
const officers = ['call-taker', 'responding-officer', 'auxiliary', 'case-officer', 'custodian', 'area-clerk', 'petitions-clerk', 'unit-legal-officer', 'unit-head'] as const;
const unit = ['unit-legal-officer', 'unit-head'] as const;
const legal = ['legal-reviewer', 'legal-head'] as const;
const management = ['case-management-officer', ...legal] as const;

const returnedTo = ({ given }: Act): State => given.returnedTo as State;
const resumed = ({ finding }: Act): State => finding.resumesTo as State;
const remembered = ({ finding }: Act) => ({ resumesTo: finding.state ?? null });
/** What a finding that goes back must be asked again. */
const askedAgain = ({ finding, given }: Act) => ({
  ...(given.returnedTo === 'screening' ? { screened: false } : {}),
  ...(['screening', 'issued', 'explaining'].includes(String(given.returnedTo)) ? { explained: false } : {}),
  recheckPassed: false,
  returns: Number(finding.returns ?? 0) + 1,
});
/** A verdict orders a rectification, or none. */
const verdictOf = (act: Act) => ({
  judge: act.actor.personId,
  ...(act.given.verdict === 'confirmed' || act.given.verdict === 'partly'
    ? { rectifyDueAt: act.given.rectifyDueAt ?? dueBySeverity(act) }
    : { rectifyHow: null, rectifyDueAt: null, severity: act.finding.severity ?? null }),
});
const reReviewed = (act: Act): Values =>
  act.given.reReview === 'overturned'
    ? { verdict: 'not_confirmed' }
    : act.given.reReview === 'changed'
      ? { rectifyDueAt: act.given.rectifyDueAt ?? dueBySeverity(act), recheckPassed: false }
      : { verdict: act.finding.verdict, severity: act.finding.severity };
const dueBySeverity = ({ finding, given, limits }: Act): string | null =>
  limits.rectify[String(given.severity ?? finding.severity)]?.toISOString() ?? null;

/**
 * The closed loop. A finding moves by these verbs and by nothing else: the browser posts a verb, the row says where it
 * leads. A new verb is a new row (and a line in policies/roles).
 */
export const transitions = {
  screen: {
    code: 3, label: ['核查', 'Screen'], from: ['screening'], roles: [...management, 'inspector'],
    to: ({ given }) => (given.screening === 'not_confirmed' ? 'dismissed' : given.screening === 'false_alarm' ? 'false_alarm' : 'screening'),
    requires: ['screening'], asks: ['screenOpinion'], first: ['screenedAt'], sets: { screened: true }, filled: ['verdict', 'verdictAt', 'judge'],
    fills: ({ given, actor, now }) => (given.screening === 'suspected' ? {} : { verdict: given.screening, verdictAt: now.toISOString(), judge: actor.personId }),
    decides: true, when: guards.inTheirDepartment,
  },
  issue: { code: 4, label: ['交办', 'Issue'], from: ['screening'], to: 'issued', roles: [...management, 'inspector'], asks: ['urgent'], first: ['issuedAt'], when: guards.every(guards.inTheirDepartment, guards.screened) },
  merge: { code: 5, label: ['合并交办', 'Merge'], from: ['screening', 'issued'], to: 'merged', roles: management, requires: ['mergedInto'], first: ['screenedAt', 'mergedAt'], check: guards.notItself },
  self_correct: {
    code: 6, label: ['自查自纠', 'Self-correct'], from: ['screening'], to: 'rechecking', roles: officers,
    requires: ['rectifiedHow', 'rectification'], asks: ['rectificationFiles', 'notBackDated'],
    first: ['screenedAt', 'selfCorrectedAt'], stamps: ['rectifiedAt'], sets: { recheckPassed: false }, when: guards.selfCorrectable, check: guards.notBackDated,
  },
  acknowledge: { code: 7, label: ['签收', 'Acknowledge'], from: ['issued'], to: 'explaining', roles: unit, first: ['acknowledgedAt'], sets: { explained: false } },
  assign: { code: 8, label: ['指定责任民警', 'Name the officer'], from: ['explaining', 'rectifying'], to: 'stays', roles: unit, requires: ['person'], first: ['assignedAt'] },
  explain: {
    code: 9, label: ['说明情况', 'Explain'], from: ['explaining'], to: 'stays', roles: officers,
    requires: ['explanationReason', 'explanation'], asks: ['explanationPrivate', 'explanationFiles'], first: ['explainedAt'], stamps: ['stateAt'], sets: { explained: true },
    when: guards.every(guards.responsible, guards.notExplained),
  },
  sign_off: { code: 10, label: ['审签', 'Sign off'], from: ['explaining'], to: 'judging', roles: ['unit-head'], asks: ['signOffOpinion'], first: ['signedOffAt'], when: guards.explained },
  return: {
    code: 11, label: ['退回', 'Return'], from: ['issued', 'explaining', 'judging', 'rectifying', 'rechecking'], to: returnedTo, roles: ['unit-head', ...management, 'inspector'],
    requires: ['returnedTo', 'returnReason'], stamps: ['returnedAt'], fills: askedAgain, filled: ['screened', 'explained', 'recheckPassed', 'returns'], check: guards.every(guards.laterStation, guards.ownReturn),
  },
  judge: {
    code: 12, label: ['认定', 'Judge'], from: ['judging'], roles: [...legal, 'inspector'],
    to: ({ given }) => (given.verdict === 'not_confirmed' ? 'dismissed' : given.verdict === 'false_alarm' ? 'false_alarm' : 'rectifying'),
    requires: ['verdict', 'opinion'], asks: ['severity', 'rectifyHow', 'rectifyDueAt', 'rootCause'], first: ['judgedAt'], stamps: ['verdictAt'],
    fills: verdictOf, filled: ['judge'], decides: true, when: guards.inTheirDepartment, check: guards.every(guards.rectificationOrdered, guards.dueLater('rectifyDueAt')),
  },
  rectify: {
    code: 13, label: ['提交整改', 'Rectify'], from: ['rectifying'], to: 'rechecking', roles: officers,
    requires: ['rectifiedHow', 'rectification'], asks: ['rectificationFiles', 'notBackDated'], stamps: ['rectifiedAt'], sets: { recheckPassed: false }, check: guards.notBackDated,
  },
  extend: {
    code: 14, label: ['批准延期', 'Extend'], from: ['rectifying'], to: 'stays', roles: management, requires: ['rectifyDueAt', 'extensionReason'],
    fills: ({ finding, given }) => ({ dueAt: given.rectifyDueAt, extensions: Number(finding.extensions ?? 0) + 1 }), filled: ['extensions'], check: guards.every(guards.dueLater('rectifyDueAt'), guards.extendable),
  },
  recheck: {
    code: 15, label: ['复查', 'Re-check'], from: ['rechecking'], roles: [...management, 'inspector'],
    // a failed self-correction goes the ordinary way: there is no verdict yet
    to: ({ given, finding }) => (given.recheckPassed ? 'rechecking' : finding.verdict == null ? 'screening' : 'rectifying'),
    requires: ['recheckPassed'], asks: ['recheckOpinion'], stamps: ['recheckedAt'], filled: ['systemRecheck'], decides: true, when: guards.inTheirDepartment,
  },
  close: {
    code: 16, label: ['销号', 'Close'], from: ['rechecking'], to: 'closed', roles: management, asks: ['closeOpinion', 'watchUntil'], stamps: ['closedAt'],
    fills: ({ finding }) => ({ closure: finding.verdict == null ? 'self_corrected' : 'rectified' }), filled: ['closure'], decides: true, when: guards.recheckPassed, check: guards.evidence,
  },
  reopen: {
    code: 17, label: ['重新办理', 'Reopen'], from: ['closed', 'dismissed', 'false_alarm'], to: returnedTo, roles: ['case-management-officer', 'legal-head'],
    requires: ['returnedTo', 'returnReason'], stamps: ['reopenedAt'], fills: askedAgain, filled: ['screened', 'explained', 'recheckPassed', 'returns'], check: guards.laterStation,
  },
  suspend: {
    code: 18, label: ['暂缓', 'Suspend'], from: open, to: 'suspended', roles: ['case-management-officer', 'legal-head'], requires: ['suspendReason', 'suspendUntil'],
    stamps: ['suspendedAt'], fills: remembered, filled: ['resumesTo'], check: guards.dueLater('suspendUntil'),
  },
  resume: { code: 19, label: ['恢复办理', 'Resume'], from: ['suspended'], to: resumed, roles: ['case-management-officer', 'legal-head'] },
  object: {
    code: 20, label: ['提出异议', 'Object'], from: ['rectifying', 'rechecking', 'closed'], to: 'objection', roles: officers, requires: ['objection'],
    stamps: ['objectedAt'], fills: remembered, filled: ['resumesTo'], when: guards.objectionOpen,
  },
  name_reviewer: { code: 21, label: ['指派复核人', 'Name a reviewer'], from: ['objection'], to: 'stays', roles: ['legal-head'], requires: ['reviewer'] },
  re_review: {
    code: 22, label: ['复核', 'Re-review'], from: ['objection'], roles: legal,
    to: (act) => (act.given.reReview === 'overturned' ? 'dismissed' : act.given.reReview === 'changed' ? 'rectifying' : resumed(act)),
    requires: ['reReview', 'reReviewOpinion'], asks: ['verdict', 'severity', 'rectifyHow', 'rectifyDueAt'], stamps: ['reReviewedAt', 'verdictAt'],
    fills: reReviewed, filled: ['recheckPassed'], decides: true, when: guards.anotherReviewer, check: guards.every(guards.changedVerdict, guards.dueLater('rectifyDueAt')),
  },
  urge: { code: 23, label: ['催办', 'Urge'], from: open, to: 'stays', roles: management, asks: ['escalationNote'], stamps: ['escalatedAt'], sets: { level: 'urge' }, filled: ['paperNumber'], when: guards.levelBelow('urge') },
  supervise: { code: 24, label: ['督办', 'Supervise'], from: open, to: 'stays', roles: ['legal-head', 'bureau-leader'], asks: ['escalationNote'], stamps: ['escalatedAt'], sets: { level: 'supervise' }, filled: ['paperNumber'], when: guards.levelBelow('supervise') },
  list: { code: 25, label: ['挂牌督办', 'List'], from: open, to: 'stays', roles: ['bureau-leader'], asks: ['escalationNote'], stamps: ['escalatedAt'], sets: { level: 'list' }, filled: ['paperNumber'], when: guards.levelBelow('list') },
  refer: { code: 26, label: ['移送', 'Refer'], from: ['judging', 'rectifying', 'rechecking', 'closed'], to: 'stays', roles: ['legal-head', 'inspector'], requires: ['referredTo', 'referralNote'], stamps: ['referredAt'] },
  record_outcome: { code: 27, label: ['登记移送结果', 'Record the outcome'], from: everywhere, to: 'stays', roles: ['legal-head', 'inspector'], requires: ['referralOutcome'], when: guards.referred },
  mark_facts_changed: { code: 28, label: ['事实变更', 'Facts changed'], from: everywhere, to: 'stays', roles: [], requires: ['factsChange'], stamps: ['factsChangedAt'] },
  confirm_facts: { code: 29, label: ['确认事实变更', 'Confirm the change'], from: everywhere, to: 'stays', roles: ['unit-head'], requires: ['factsConfirmation'], stamps: ['factsConfirmedAt'], when: guards.factsChanged },
  grant_exception: {
    code: 30, label: ['批准例外', 'Grant an exception'], from: ['dismissed'], to: 'stays', roles: ['legal-head'],
    requires: ['exceptionScope', 'exceptionUntil', 'exceptionReason', 'exceptionOwner'], decides: true, check: guards.dueLater('exceptionUntil'),
  },
} as const satisfies Record<string, Transition>;

export type Verb = keyof typeof transitions;
export const verbs = Object.keys(transitions) as Verb[];
export const transitionOf = (verb: Verb): Transition => transitions[verb];

/** What a hit brings along when it becomes a finding. */
const born: readonly FactName[] = [
  'number', 'origin', 'rule', 'ruleId', 'versionId', 'ruleVersion', 'title', 'titleEn', 'subjectType', 'subjectId', 'subjectNumber', 'occurrence', 'unit', 'person', 'severity',
  'department', 'sentence', 'sentenceEn', 'snapshot', 'dutyVerdict', 'dutyOpenedAt', 'dutyDueAt', 'dutyMetAt', 'selfCorrectUntil', 'stateAt', 'dueAt',
];
const asked: readonly FactName[] = ['subjectType', 'subjectId', 'unit', 'severity', 'title', 'sentence'];
const openings: Record<string, Step> = {
  raise: { code: 1, label: { zh: '系统发现', en: 'Raise' }, opens: true, internal: true, at: 'raisedAt', carries: born, sets: { state: 'screening' } },
  create: {
    code: 2, label: { zh: '人工登记', en: 'Enter by hand' }, opens: true, internal: true, at: 'raisedAt',
    requires: asked, asks: ['person', 'rule', 'department'], carries: born.filter((name) => ![...asked, 'person', 'rule', 'department'].includes(name)), sets: { state: 'screening' },
  },
};

const stepOf = (row: Transition): Step => ({
  code: row.code,
  label: { zh: row.label[0], en: row.label[1] },
  internal: true,
  requires: row.requires ?? [],
  asks: row.asks ?? [],
  carries: ['state', 'stateAt', 'dueAt', ...(row.first ?? []), ...(row.stamps ?? []), ...(row.filled ?? [])],
  sets: row.sets ?? {},
});

/** 疑似问题, 执法问题 after the verdict: itself a subject, so that its own limits are rules (audit-rules/finding). */
export const finding = defineSubject({
  name: 'finding',
  plural: 'findings',
  code: 20,
  label: { zh: '疑似问题', en: 'Finding' },
  number: 'number',
  title: 'title',
  unit: 'unit',
  // the reviewer named reaches it although it lies outside of his bureau
  own: ['person', 'reviewer'],
  dated: 'raisedAt',
  facts,
  steps: { ...openings, ...Object.fromEntries(verbs.map((verb) => [verb, stepOf(transitions[verb])])) },
});
