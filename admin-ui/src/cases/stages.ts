import type { FactGroup } from '../detail/FactGroups.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Step } from '../vocabulary/types.ts';
import type { Text } from '../words/say.ts';

/** The stages of a case as a reader looks for them; a fact that stands in none comes last, under 其他. */
export const caseStages: FactGroup[] = [
  {
    label: { zh: '基本情况', en: 'The case' },
    facts: [
      ...['number', 'kind', 'cause', 'unit', 'lead', 'coOfficers', 'stationCase', 'discovered', 'injury'],
      ...['enterprise', 'enterpriseName', 'economic', 'suspectKnown', 'suspectKnownAt', 'suspectArrivedAt', 'summary'],
    ],
  },
  {
    label: { zh: '受案立案', en: 'Acceptance and filing' },
    facts: [
      ...['reportedAt', 'complex', 'clueToCheck', 'majorComplex', 'longReviewApprovedAt', 'longReviewLevel'],
      ...['secondReviewApprovedAt', 'secondReviewLevel', 'acceptedAt', 'acceptanceNumber', 'receiptAt', 'filedAt'],
      ...['filingNumber', 'filingApprovedAt', 'refusedAt', 'refuseReason', 'refusalServedAt', 'transferredAt'],
      ...['mergedAt', 'referredAt', 'referredBy', 'papersMissing', 'papersAskedAt', 'complainant'],
      ...['otherProvince', 'jurisdictionBasis', 'jurisdictionApprovedAt', 'jurisdictionLevel'],
    ],
  },
  {
    label: { zh: '告知报案人、被侵害人', en: 'Told to reporter and victim' },
    facts: ['filingToldAt', 'victimToldAt', 'outcomeToldAt', 'reporterUnreachableAt'],
  },
  {
    label: { zh: '当场处罚、快速办理', en: 'On the spot and fast track' },
    facts: ['onSpotAt', 'onSpotFiledAt', 'onSpotReturnedAt', 'fastTrackAt', 'fastTrackLeftAt'],
  },
  {
    label: { zh: '告知与听证', en: 'Notice and hearing' },
    facts: [
      ...['noticeAt', 'noticeByPublication', 'guardianToldAt', 'hearingToldAt', 'hearingAskedAt', 'hearingWaivedAt'],
      ...['hearingAcceptedAt', 'hearingRefusedAt', 'hearingWithdrawnAt', 'hearingNoticeAt', 'hearingAt'],
    ],
  },
  {
    label: { zh: '审核与决定', en: 'Review and decision' },
    facts: [
      ...['publicInterest', 'intricate', 'graveOffence', 'otherTerm', 'legalReviewedAt', 'legalReview'],
      ...['legalReviewer', 'discussedAt', 'decidedAt', 'decision', 'fine', 'decisionLevel'],
      ...['appraisalWaivedAt', 'appraisalWaiver'],
    ],
  },
  {
    label: { zh: '送达与执行', en: 'Service and execution' },
    facts: [
      ...['servedAt', 'punishedFamilyToldAt', 'familyNotToldAt', 'detentionExecutedAt', 'detentionDeferredAt'],
      ...['deferralSecured', 'detentionSparedAt', 'detentionSpared', 'cashAt', 'cashGround', 'cashHandedInAt'],
      ...['cashBankedAt', 'finePaidAt', 'finePressedAt', 'finePressed'],
    ],
  },
  {
    label: { zh: '侦查终结、撤案', en: 'End of the investigation' },
    facts: [
      ...['withdrawnAt', 'withdrawReason', 'withdrawalSuspectToldAt', 'withdrawalVictimToldAt'],
      ...['withdrawalReferrerToldAt', 'investigationEndedAt', 'prosecutedAt', 'prosecutionNumber'],
    ],
  },
  { label: { zh: '结案', en: 'Closing' }, facts: ['closedAt', 'closure'] },
];

const stageOf = new Map(caseStages.flatMap(({ label, facts }) => facts.map((fact) => [fact, label] as const)));

/** Verbs without an instant that tells where they belong. */
const placed: Readonly<Record<string, Text>> = {
  assign: caseStages[0]?.label ?? { zh: '基本情况', en: 'The case' },
  grade: stageOf.get('decision') ?? { zh: '审核与决定', en: 'Review and decision' },
};

/** The stage under which the menu offers a step of the case itself. */
export const stageOfStep = (step: Step): Text | undefined => placed[step.verb] ?? stageOf.get(step.at ?? '');

/** Verbs of one procedure alone: a case is handled as administrative or as criminal, and offered what fits. */
const criminalVerbs = new Set(
  `extend_review extend_review_again tell_filing refer ask_papers apply_review extend_refusal_review
  decide_refusal_review serve_refusal_review withdraw tell_withdrawal_suspect tell_withdrawal_victim
  tell_withdrawal_referrer end_investigation prosecute return_for_supplement send_again request_arrest extend_request
  refuse_arrest send_result leave_family_untold become_tellable request_custody approve_custody pay_deposit
  return_deposit forfeit_deposit record_jurisdiction restart_custody hand_over_person interrogate_first`.split(/\s+/),
);
const administrativeVerbs = new Set(
  `penalise_on_spot file_on_spot return_from_journey fast_track leave_fast_track give_notice tell_guardian tell_hearing
  ask_hearing waive_hearing accept_hearing refuse_hearing withdraw_hearing notify_hearing hear grade discuss decide serve
  serve_on_victim note_unserved tell_punished_family note_family_not_told execute_detention defer_detention
  spare_detention collect_cash hand_in_cash bank_cash pay_fine press_fine mediate break_agreement keep_agreement
  tell_outcome`.split(/\s+/),
);

/** What is pointless now; by mistake or late it still goes through an import or a correction. */
const pointless: Readonly<Record<string, (one: SubjectRecord) => boolean>> = {
  know_suspect: (one) => one.suspectKnown === true,
  refuse: (one) => Boolean(one.filedAt),
  serve_refusal: (one) => !one.refusedAt,
  penalise_on_spot: (one) => Boolean(one.filedAt || one.acceptedAt),
  file_on_spot: (one) => !one.onSpotAt,
  return_from_journey: (one) => !one.onSpotAt,
  leave_fast_track: (one) => !one.fastTrackAt,
  collect_cash: (one) => !one.fine,
  hand_in_cash: (one) => !one.cashAt,
  bank_cash: (one) => !one.cashHandedInAt,
  execute_detention: (one) => one.decision !== 'detention',
  spare_detention: (one) => one.decision !== 'detention',
  defer_detention: (one) => one.decision !== 'detention',
  tell_punished_family: (one) => one.decision !== 'detention',
  note_family_not_told: (one) => one.decision !== 'detention',
  pay_fine: (one) => !one.fine,
  press_fine: (one) => !one.fine,
  ask_hearing: (one) => !one.hearingToldAt,
  waive_hearing: (one) => !one.hearingToldAt,
  accept_hearing: (one) => !one.hearingAskedAt,
  refuse_hearing: (one) => !one.hearingAskedAt,
  withdraw_hearing: (one) => !one.hearingAskedAt,
  notify_hearing: (one) => !one.hearingAskedAt,
};

/** Whether the menu of this case offers the step. */
export const belongs = (step: Step, record: SubjectRecord): boolean =>
  !(record.kind === 'criminal' ? administrativeVerbs : criminalVerbs).has(step.verb) && !pointless[step.verb]?.(record);

const penalties = ['warning', 'fine', 'detention', 'revocation', 'closure'];

/** What an administrative case usually waits for next. */
export function likelyStep(one: SubjectRecord): string | undefined {
  if (one.kind === 'criminal') return one.acceptedAt ? (one.filedAt || one.refusedAt ? undefined : 'file') : 'accept';
  if (one.closedAt || one.transferredAt || one.mergedAt) return undefined;
  if (one.refusedAt) return one.refusalServedAt ? undefined : 'serve_refusal';
  if (one.onSpotAt) return one.onSpotFiledAt ? 'close' : 'file_on_spot';
  if (!one.acceptedAt && !one.filedAt) return 'accept';
  if (!one.filedAt) return 'file';
  if (!one.receiptAt && !one.discovered && !one.reporterUnreachableAt) return 'hand_receipt';
  if (!one.suspectKnown) return 'know_suspect';
  if (!one.decidedAt) return one.noticeAt ? 'decide' : 'give_notice';
  if (one.decision !== 'mediation' && !one.servedAt) return 'serve';
  if (one.decision === 'detention' && !one.detentionExecutedAt && !one.detentionSparedAt && !one.detentionDeferredAt)
    return 'execute_detention';
  if (one.fine && penalties.includes(String(one.decision)) && !one.finePaidAt && !one.cashAt && !one.finePressedAt)
    return 'pay_fine';
  return 'close';
}
