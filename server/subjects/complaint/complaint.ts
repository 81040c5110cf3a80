import { choice, defineSubject, flag, instant, note, person, subject, text, unit } from '../define.ts';
import { parts } from './parts.ts';
import { steps } from './steps.ts';

/**
 * 投诉信访 of every channel. It belongs to the unit that handles it: the unit complained about neither sees it nor may
 * be given it, and the complainant's name and number are for the handlers alone (domain.md §7).
 */
export const complaint = defineSubject({
  name: 'complaint',
  plural: 'complaints',
  code: 8,
  label: { zh: '投诉信访', en: 'Complaint' },
  number: 'number',
  title: 'topic',
  unit: 'unit',
  own: ['handler'],
  dated: 'receivedAt',
  facts: {
    number: text('信访编号', 'Complaint no.', { unique: true, search: true }),
    channel: choice('来源渠道', 'Channel', {
      mailbox: ['局长信箱', "Chief's mailbox"],
      hotline: ['12345转办', '12345 hotline'],
      discipline: ['12389举报投诉', '12389 line'],
      petition: ['信访', 'Petition'],
      accusation: ['控告申诉', 'Accusation or appeal'],
    }),
    topic: text('反映事项', 'Matter', { search: true }),
    content: note('反映内容', 'What it says', { mask: 'narrative' }),
    complainant: text('诉求人', 'Complainant', { mask: 'complainant' }),
    phone: text('联系电话', 'Telephone', { mask: 'complainant' }),
    noContact: flag('姓名地址不清或者未留联系方式', 'Name, address or contact unclear'),
    against: unit('被反映单位', 'Unit complained about'),
    unit: unit('承办单位', 'Handling unit'),
    handler: person('承办人', 'Handler'),
    receivedAt: instant('收到时间', 'Received at'),
    assignedAt: instant('交办时间', 'Assigned at'),
    signedAt: instant('签收时间', 'Signed for at'),
    contactedAt: instant('联系诉求人时间', 'Complainant contacted at'),
    acceptedAt: instant('受理时间', 'Accepted at'),
    toldAt: instant('告知受理时间', 'Told of the acceptance at'),
    toldBy: choice('告知方式', 'Told by', {
      paper: ['书面', 'Letter'],
      message: ['信访系统短信', 'Message of the petition system'],
      oral: ['口头', 'By word of mouth'],
    }),
    otherProcedure: flag('依法应当通过其他法定途径处理', 'Belongs to another legal procedure'),
    notOurs: flag('不属于本单位职责', 'Not ours'),
    referredAt: instant('收到转送交办时间', 'Referral received at'),
    objectedAt: instant('提出转送交办异议时间', 'Objected to the referral at'),
    transferredAt: instant('转送其他机关时间', 'Transferred at'),
    mergedAt: instant('合并办理时间', 'Merged at'),
    repeatOf: subject('complaint', '重复反映的原件', 'Repeats'),
    measure: choice('申诉控告事由', 'What the accusation is about', {
      held: ['强制措施届满不予释放、解除或者变更', 'Held past the term'],
      bail_money: ['应当退还保证金不退还', 'Bail money not returned'],
      unrelated: ['查封扣押冻结与案件无关的财物', 'Unrelated property taken'],
      not_lifted: ['应当解除查封扣押冻结不解除', 'Measure not lifted'],
      misused: ['贪污挪用私分调换违规使用财物', 'Property misused'],
    }),
    answeredAt: instant('答复(出具处理意见)时间', 'Answered at'),
    answerNumber: text('处理意见书文号', 'Answer no.', { search: true }),
    opinion: choice('核查结论', 'Finding', {
      true: ['属实', 'True'],
      partly: ['部分属实', 'Partly true'],
      untrue: ['不属实', 'Untrue'],
      help: ['求助咨询类', 'Help or advice'],
    }),
    closedAt: instant('办结时间', 'Closed at'),
    calledBackAt: instant('回访时间', 'Called back at'),
    satisfaction: choice('诉求人评价', 'Satisfaction', {
      satisfied: ['满意', 'Satisfied'],
      basically: ['基本满意', 'Basically satisfied'],
      dissatisfied: ['不满意', 'Dissatisfied'],
    }),
    redoneAt: instant('重新核查办结时间', 'Checked again at'),
    dismissedAt: instant('认定恶意投诉不予采信时间', 'Dismissed as malicious at'),
    clearedAt: instant('为民警澄清正名时间', 'Officer cleared at'),
  },
  parts,
  steps,
});
