import type { FactGroup } from '../detail/FactGroups.tsx';
import type { SubjectRecord } from '../subjects/record.ts';
import type { Step } from '../vocabulary/types.ts';
import type { Text } from '../words/say.ts';

/** What is known of an item, from the taking to the end. */
export const itemStages: FactGroup[] = [
  {
    label: { zh: '财物', en: 'The item' },
    facts: [
      ...['number', 'name', 'kind', 'features', 'quantity', 'measure', 'value', 'valuable', 'perishable'],
      ...['holder', 'enterprise', 'businessImpact', 'case', 'alarm', 'unit', 'administrative'],
    ],
  },
  {
    label: { zh: '提取与审批', en: 'Taking and approval' },
    facts: [
      ...['how', 'takenAt', 'takenBy', 'takenWith', 'onScene', 'seizedFrom', 'seizedUntil', 'cameraExemptAt'],
      ...['inPlace', 'remote', 'returnedToUnitAt', 'approvedAt', 'approvalLevel', 'papersSentAt'],
    ],
  },
  {
    label: { zh: '清单', en: 'List' },
    facts: ['listedAt', 'listNumber', 'listCopies', 'signedByHolder', 'holderRefused', 'witness'],
  },
  {
    label: { zh: '保管', en: 'Keeping' },
    facts: [
      ...['testUntil', 'testApprovedAt', 'handedOverAt', 'custodian', 'storeroom', 'shelf', 'specialStoreAt'],
      ...['specialKeeper', 'keepOriginal', 'depositedAt', 'depositNumber', 'photographedAt', 'appraisedAt'],
    ],
  },
  {
    label: { zh: '期限与解除', en: 'Term and release' },
    facts: [...['termAt', 'registrationEndedAt', 'registrationOutcome', 'unrelatedAt', 'liftedAt', 'ownerNoticeAt']],
  },
  {
    label: { zh: '处理', en: 'Disposal' },
    facts: ['decidedAt', 'disposition', 'saleApprovedAt', 'saleLevel', 'soldAt', 'saleAmount', 'disposedAt'],
  },
];

const stageOf = new Map(itemStages.flatMap(({ label, facts }) => facts.map((fact) => [fact, label] as const)));
const special = ['drugs', 'weapon', 'hazardous'];

/** Whether this item can need the step at all. */
const needs: Readonly<Record<string, (item: SubjectRecord) => boolean>> = {
  return_to_unit: (item) => item.remote === true,
  exempt_camera: (item) => item.onScene === true,
  send_papers: (item) => item.how === 'frozen' || item.inPlace === true,
  end_registration: (item) => item.how === 'registered',
  seek_owner: (item) => item.unrelatedAt != null,
  deposit: (item) => item.kind === 'cash',
  approve_sale: (item) => item.perishable === true || item.kind === 'goods',
  sell: (item) => item.saleApprovedAt != null || item.perishable === true || item.kind === 'goods',
  store_specially: (item) => special.includes(String(item.kind)),
  extend_loan: (item) => (item.parts?.movements ?? []).some((one) => one.kind === 'lend'),
};

/** How the menu of an item sorts its steps: what this item cannot need is not offered. */
export const itemSorting = {
  headings: itemStages.map(({ label }) => label),
  heading: (step: Step): Text | undefined =>
    step.verb === 'link_case' || step.verb === 'complete_list' ? itemStages[0]?.label : stageOf.get(step.at ?? ''),
  offers: (step: Step, item: SubjectRecord): boolean => needs[step.verb]?.(item) ?? true,
};

/** What an item waits for next. */
export function likelyStep(item: SubjectRecord): string | undefined {
  if (item.disposedAt) return undefined;
  if (item.how === 'frozen' || item.inPlace) return item.papersSentAt ? undefined : 'send_papers';
  if (item.remote && !item.returnedToUnitAt) return 'return_to_unit';
  if (!item.listedAt) return 'list';
  if (!item.handedOverAt) return 'hand_over';
  if (item.onScene && !item.approvedAt) return 'approve';
  if (item.kind === 'cash' && !item.depositedAt && !item.keepOriginal) return 'deposit';
  if (item.unrelatedAt && !item.liftedAt && !item.ownerNoticeAt) return 'lift';
  if (item.decidedAt || item.liftedAt) return 'dispose';
  return 'move';
}
