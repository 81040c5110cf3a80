import type { FactGroup } from '../detail/FactGroups.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Step } from '../vocabulary/types.ts';
import type { Text } from '../words/say.ts';

/** What is known of an alarm, in the order in which it comes about. */
export const alarmStages: FactGroup[] = [
  {
    label: { zh: '接警', en: 'Intake' },
    facts: [
      ...['number', 'channel', 'receivedAt', 'receivedBy', 'unit', 'area', 'priority', 'intakeCategory', 'topic'],
      ...['caller', 'callerPhone', 'callerUnknown', 'place', 'placeUnknown', 'narrative', 'enterprise', 'reReports'],
      ...['reportedAt'],
    ],
  },
  {
    label: { zh: '接报案登记', en: 'Registration of the report' },
    facts: ['registeredAt', 'secret', 'materialsAt', 'noMaterials', 'receiptAt', 'queryTold'],
  },
  {
    label: { zh: '管辖与移送', en: 'Jurisdiction and transfer' },
    facts: [
      ...['jurisdictionAt', 'jurisdiction', 'unclear', 'disputed', 'noContact', 'toldAt', 'toldInWritingAt'],
      ...['transferApprovedAt', 'transferLevel', 'transferredAt', 'transferredTo', 'transferNumber'],
    ],
  },
  {
    label: { zh: '家庭暴力处置', en: 'Violence at home' },
    facts: [
      ...['domesticViolence', 'victimInjury', 'injuryRecordedAt', 'admonitionAt', 'admonitionNumber'],
      ...['noAdmonitionAt', 'noAdmonitionReason'],
    ],
  },
  {
    label: { zh: '处置与反馈', en: 'Handling and feedback' },
    facts: ['handledAt', 'disposition', 'feedbackCategory', 'downgradeReviewedAt', 'complex'],
  },
  {
    label: { zh: '受（立）案', en: 'Case' },
    facts: ['caseLinkedAt', 'case', 'noCaseAt', 'noCaseReason', 'noCaseNote'],
  },
  { label: { zh: '回访', en: 'Call-back' }, facts: ['calledBackAt', 'satisfaction'] },
];

const stageOf = new Map(alarmStages.flatMap(({ label, facts }) => facts.map((fact) => [fact, label] as const)));
const violenceVerbs = new Set(['record_injury', 'issue_admonition', 'state_no_admonition']);
const transferVerbs = new Set(['approve_transfer', 'transfer']);
const lesser = ['dispute', 'aid', 'other'];
const isOffence = (category: unknown): boolean => category === 'criminal' || category === 'public_order';

/** How the menu of an alarm sorts its steps: what this alarm cannot need is not offered. */
export const alarmSorting = {
  headings: alarmStages.map(({ label }) => label),
  heading: (step: Step): Text | undefined => stageOf.get(step.at ?? step.required[0] ?? ''),
  offers: (step: Step, alarm: SubjectRecord): boolean => {
    if (violenceVerbs.has(step.verb)) return alarm.domesticViolence === true;
    if (transferVerbs.has(step.verb)) return alarm.jurisdiction === 'other_unit';
    if (step.verb === 'tell_reporter' || step.verb === 'tell_in_writing') return alarm.jurisdiction != null;
    if (step.verb === 'review_downgrade')
      return isOffence(alarm.intakeCategory) && lesser.includes(String(alarm.feedbackCategory));
    return true;
  },
};

/**
 * Without a dispatch nothing follows; with all of them fed back the disposition is owed. Who stands at the counter is
 * registered first, and gets his receipt.
 */
export function likelyStep(alarm: SubjectRecord): string | undefined {
  const dispatches = alarm.parts?.dispatches ?? [];
  if (alarm.jurisdiction && !alarm.toldAt && !alarm.toldInWritingAt && !alarm.noContact) return 'tell_reporter';
  if (alarm.jurisdiction === 'other_unit' && !alarm.transferredAt) return 'transfer';
  if (alarm.channel === 'walk_in' && isOffence(alarm.intakeCategory)) {
    if (!alarm.registeredAt) return 'register_report';
    if (!alarm.materialsAt && !alarm.noMaterials && !alarm.secret) return 'take_materials';
    if (!alarm.receiptAt && !alarm.secret) return 'give_receipt';
  }
  if (dispatches.length === 0 && !alarm.disposition) return alarm.channel === 'walk_in' ? 'dispose' : 'dispatch';
  if (dispatches.every((one) => one.handledAt) && !alarm.disposition) return 'dispose';
  return alarm.disposition && alarm.domesticViolence === true && !alarm.injuryRecordedAt ? 'record_injury' : undefined;
}
