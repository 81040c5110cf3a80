import { choice, type Facts, flag, instant, int, money, note, type Parts, text } from '../define.ts';
import { level } from '../levels.ts';

/** What a measure of a criminal case holds beside what every measure does: custody, notices, bail, co-operation. */
export const criminalMeasureFacts = {
  reviewedAt: instant('法制审核时间', 'Legal review at'),
  review: choice('法制审核意见', 'Legal review', {
    agreed: ['同意', 'Agreed'],
    returned: ['退回补充', 'Returned'],
    refused: ['不同意', 'Refused'],
  }),
  designated: flag('指定居所', 'In a designated place'),
  familyUntold: choice('未通知家属的原因', 'Why the family was not told', {
    cannot: ['无法通知', 'Cannot be told'],
    hinders: ['涉危害国家安全、恐怖活动犯罪，通知有碍侦查', 'State security or terror, would hinder'],
  }),
  untoldUntil: instant('无法通知（有碍侦查）情形消失时间', 'Ground for not telling gone at'),
  requestExtendedAt: instant('批准延长提请逮捕时间', 'Longer term for the request approved at'),
  requestGround: choice('延长提请逮捕的理由', 'Ground of the longer term', {
    special: ['特殊情况（延长一至四日）', 'Special (one to four days)'],
    roaming: ['流窜作案', 'Roaming'],
    repeat: ['多次作案', 'Repeated'],
    gang: ['结伙作案', 'Gang'],
  }),
  requestLevel: level(),
  requestDays: int('延长天数（一至四日）', 'Days added (one to four)'),
  arrestRequestedAt: instant('提请批准逮捕时间', 'Arrest requested at'),
  notApprovedAt: instant('收到不批准逮捕决定时间', 'Refusal of arrest received at'),
  resultSentAt: instant('执行回执送达检察院时间', 'Result sent to the procurator at'),
  guarantee: choice('保证方式', 'Guarantee', {
    guarantor: ['保证人', 'Guarantor'],
    deposit: ['保证金', 'Deposit'],
  }),
  deposit: money('保证金金额', 'Deposit'),
  depositPaidAt: instant('保证金存入专门账户时间', 'Deposit in the account at'),
  depositReturnedAt: instant('退还保证金时间', 'Deposit returned at'),
  depositForfeitedAt: instant('没收保证金时间', 'Deposit forfeited at'),
  custodyFrom: instant('侦查羁押期限重新起算时间', 'Custody counted anew from'),
  elsewhere: flag('跨县（市、区）执行', 'In another county'),
  cooperationAt: instant('办案协作函送交当地公安机关时间', 'Co-operation letter delivered at'),
  cooperationNumber: text('办案协作函文号', 'Co-operation letter no.', { search: true }),
  firstResponse: flag('依法先期处置', 'Lawful first response'),
} satisfies Facts;

/** What a criminal case has several of: reviews of its refusal, letters of other authorities, returns, longer custody. */
export const criminalParts = {
  refusalReviews: {
    one: 'refusalReview',
    label: { zh: '不立案复议复核', en: 'Review of the refusal' },
    facts: {
      kind: choice('类型', 'Kind', {
        reconsideration: ['控告人申请复议', 'Reconsideration for the complainant'],
        review: ['控告人申请复核（上一级）', 'Review by the higher bureau'],
        agency: ['移送机关申请复议', 'Reconsideration for the referring agency'],
      }),
      applicant: text('申请人', 'Applicant', { mask: 'caller' }),
      authority: text('复议（复核）机关', 'Reviewing authority'),
      appliedAt: instant('收到申请时间', 'Application received at'),
      extendedAt: instant('批准延长时间', 'Extension approved at'),
      extensionToldAt: instant('书面告知延长时间', 'Extension told in writing at'),
      decidedAt: instant('作出复议（复核）决定时间', 'Decided at'),
      result: choice('复议（复核）结果', 'Result', {
        upheld: ['维持', 'Upheld'],
        revoked: ['撤销不予立案决定', 'Refusal revoked'],
      }),
      servedAt: instant('决定书送达时间', 'Served at'),
    },
  },
  supervisions: {
    one: 'supervision',
    label: { zh: '外部监督文书', en: 'Letter of supervision' },
    facts: {
      kind: choice('文书类型', 'Kind', {
        explain: ['要求说明不立案理由通知书', 'Asks why no case was filed'],
        file: ['通知立案书', 'Orders a case to be filed'],
        explain_filing: ['要求说明立案理由通知书', 'Asks why a case was filed'],
        correction: ['纠正违法通知书', 'Notice of correction'],
        suggestion: ['检察建议书', "Procurator's suggestion"],
        revoked: ['行政复议决定（撤销、变更）', 'Decision overturned on review'],
        lost: ['行政判决（撤销、败诉）', 'Judgement against the bureau'],
      }),
      number: text('文书号', 'Paper no.', { search: true }),
      sender: text('发文机关', 'Sender'),
      receivedAt: instant('收到时间', 'Received at'),
      answeredAt: instant('书面回复时间', 'Answered at'),
      issueOpenedAt: instant('列入执法问题台账时间', 'Opened as an issue at'),
      summary: note('主要内容', 'Summary', { mask: 'narrative' }),
    },
  },
  supplements: {
    one: 'supplement',
    label: { zh: '退回补充侦查', en: 'Supplementary investigation' },
    facts: {
      returnedAt: instant('退回补充侦查时间', 'Returned at'),
      number: text('补充侦查决定书文号', 'Paper no.'),
      resentAt: instant('重新移送时间', 'Sent again at'),
    },
  },
  custodyTerms: {
    one: 'custodyTerm',
    label: { zh: '延长侦查羁押期限', en: 'Longer investigation custody' },
    facts: {
      of: text('逮捕证文号', 'Arrest paper no.'),
      stage: choice('延长阶段', 'Stage', {
        first: ['延长一个月（第一百五十六条）', 'One month'],
        second: ['延长二个月（第一百五十八条）', 'Two months'],
        third: ['再延长二个月（第一百五十九条）', 'Two more months'],
      }),
      expiresAt: instant('原羁押期限届满时间', 'Custody expires at', { planned: true }),
      requestedAt: instant('送请人民检察院时间', 'Request sent at'),
      approvedAt: instant('批准延长时间', 'Approved at'),
      approver: choice('批准机关', 'Approved by', {
        county: ['同级（县级）人民检察院', 'County procurator'],
        city: ['上一级（市级）人民检察院', 'City procurator'],
        province: ['省级人民检察院', 'Provincial procurator'],
      }),
      number: text('文书号', 'Paper no.'),
    },
  },
} satisfies Parts;
