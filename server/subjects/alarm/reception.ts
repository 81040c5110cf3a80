import { choice, type Facts, flag, instant, type Steps, text } from '../define.ts';
import { level } from '../levels.ts';

/**
 * 接报案 and what it leads to beside a dispatch: the three acts at the counter, whose matter it is, and what a call
 * about violence at home asks for. The facts and steps belong to the alarm.
 */
export const receptionFacts = {
  registeredAt: instant('接报案登记时间', 'Report registered at'),
  secret: flag('涉密不上网登记', 'State secret, not registered online'),
  materialsAt: instant('接受证据材料时间', 'Materials accepted at'),
  noMaterials: flag('报案人未提供材料', 'No materials were brought'),
  receiptAt: instant('出具接报案回执时间', 'Receipt given at'),
  queryTold: flag('已告知查询方式', 'Told how to query'),
  jurisdiction: choice('管辖判断', 'Whose matter it is', {
    other_unit: ['属其他单位管辖', 'Of another unit'],
    not_police: ['不属于公安机关职责范围', 'Not a police matter'],
  }),
  jurisdictionAt: instant('管辖判断时间', 'Jurisdiction judged at'),
  unclear: flag('当场不能判断', 'Could not be judged on the spot'),
  disputed: flag('报案人有异议', 'The reporter objects'),
  noContact: flag('无法与报案人联系', 'The reporter cannot be reached'),
  toldAt: instant('口头告知报案人时间', 'Reporter told at'),
  toldInWritingAt: instant('书面告知报案人时间', 'Reporter told in writing at'),
  transferApprovedAt: instant('移送审批时间', 'Transfer approved at'),
  transferLevel: level(),
  transferredAt: instant('移送管辖时间', 'Transferred at'),
  transferredTo: text('接收单位', 'Transferred to'),
  transferNumber: text('移送文书号', 'Transfer paper no.', { search: true }),
  domesticViolence: flag('家庭暴力警情', 'Domestic violence'),
  victimInjury: choice('受害人伤情', 'Injury of the victim', {
    none: ['未见明显伤情', 'None to be seen'],
    minor: ['轻微伤情', 'Slight'],
    treated: ['已送医或者委托鉴定', 'Treated or examined'],
  }),
  injuryRecordedAt: instant('受害人伤情登记时间', 'Injury recorded at'),
  admonitionAt: instant('告诫书出具时间', 'Admonition issued at'),
  admonitionNumber: text('告诫书文号', 'Admonition no.', { search: true }),
  noAdmonitionAt: instant('登记不出具告诫书理由时间', 'Reason for no admonition recorded at'),
  noAdmonitionReason: choice('不出具告诫书理由', 'Reason for no admonition', {
    penalised: ['依法给予治安管理处罚', 'Penalised'],
    criminal: ['涉嫌犯罪，立为刑事案件', 'Filed as a crime'],
    not_violence: ['经查不属于家庭暴力', 'No domestic violence'],
    educated: ['情节显著轻微，已批评教育', 'Very slight, reprimanded'],
  }),
} satisfies Facts;

export const receptionSteps = {
  register_report: {
    code: 17,
    label: { zh: '接报案登记', en: 'Register the report' },
    at: 'registeredAt',
    asks: ['noMaterials', 'secret'],
    after: ['receivedAt'],
  },
  take_materials: {
    code: 18,
    label: { zh: '接受证据材料', en: 'Accept materials' },
    at: 'materialsAt',
    after: ['receivedAt'],
  },
  give_receipt: {
    code: 19,
    label: { zh: '出具接报案回执', en: 'Give a receipt' },
    at: 'receiptAt',
    asks: ['queryTold'],
    after: ['receivedAt'],
  },
  judge_jurisdiction: {
    code: 20,
    label: { zh: '判断管辖', en: 'Judge the jurisdiction' },
    at: 'jurisdictionAt',
    requires: ['jurisdiction'],
    asks: ['unclear', 'disputed', 'noContact'],
    after: ['receivedAt'],
  },
  tell_reporter: {
    code: 21,
    label: { zh: '口头告知报案人', en: 'Tell the reporter' },
    at: 'toldAt',
    after: ['jurisdictionAt'],
  },
  tell_in_writing: {
    code: 22,
    label: { zh: '书面告知报案人', en: 'Tell the reporter in writing' },
    at: 'toldInWritingAt',
    after: ['jurisdictionAt'],
  },
  approve_transfer: {
    code: 23,
    label: { zh: '批准移送', en: 'Approve the transfer' },
    at: 'transferApprovedAt',
    requires: ['transferLevel'],
    after: ['jurisdictionAt'],
  },
  transfer: {
    code: 24,
    label: { zh: '移送管辖', en: 'Transfer' },
    at: 'transferredAt',
    asks: ['transferredTo', 'transferNumber'],
    after: ['jurisdictionAt'],
  },
  record_injury: {
    code: 25,
    label: { zh: '登记受害人伤情', en: 'Record the injury' },
    at: 'injuryRecordedAt',
    requires: ['victimInjury'],
    after: ['receivedAt'],
  },
  issue_admonition: {
    code: 26,
    label: { zh: '出具告诫书', en: 'Issue an admonition' },
    at: 'admonitionAt',
    requires: ['admonitionNumber'],
    after: ['receivedAt'],
  },
  state_no_admonition: {
    code: 27,
    label: { zh: '登记不出具告诫书理由', en: 'Record why there is no admonition' },
    at: 'noAdmonitionAt',
    requires: ['noAdmonitionReason'],
    after: ['receivedAt'],
  },
} satisfies Steps;
