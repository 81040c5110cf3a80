/** Invented papers of the demonstration bureau: the stolen e-bike with its three holes (domain.md §4). */
import type { Issue } from '../../server/reports/issue.ts';
import type { CaseAudit } from '../../server/reports/papers/case-audit.ts';
import type { RectificationNotice } from '../../server/reports/papers/rectification-notice.ts';
import type { SupervisionNotice } from '../../server/reports/papers/supervision-notice.ts';
import type { UnitScorecard } from '../../server/reports/papers/unit-scorecard.ts';

const t = (text: string): Date => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);

export const issue: Issue = {
  agency: '澜川市公安局望河分局',
  number: '望公法监通字〔2026〕12号',
  asOf: t('11-23 22:10'),
  zone: 'Asia/Shanghai',
  demo: true,
  ledger: { size: 184213, root: '5d53469f20fef4f8eab52b88044ede69c77a6a68a60728609fc4a65ff531e7d0' },
};

const s1 = { document: '公安机关办理行政案件程序规定', article: '第六十一条' };
const s2 = { document: '公安机关涉案财物管理若干规定', article: '第十一条' };
const s3 = { document: '中华人民共和国治安管理处罚法', article: '第九十条' };
const bwc = { document: '公安机关现场执法视音频记录工作规定', article: '第六条' };

const noCase = {
  number: 'WT-990102-202611-00042',
  level: '一般执法问题',
  sentence:
    '11月22日21时10分接报“电动自行车被盗”警情(接警单…000187),当日22时05分处置完毕,反馈类别为“纠纷”,截至11月23日22时05分未受(立)案,亦未登记不予受(立)案理由,超出24小时时限。',
  basis: [s3, s1],
  officers: [{ name: '张建国', number: '990107' }],
};
const lateHandOver = {
  number: 'WT-990102-202611-00043',
  level: '执法瑕疵',
  sentence: '11月22日21时40分现场提取手机1部,应于11月23日21时40分前移交涉案财物管理人员,截至目前未见入库登记。',
  basis: [s2],
  officers: [{ name: '欧阳志强', number: '990131' }],
};

const signers = { handler: '沈秋月', reviewer: '郭立群', approver: '' };

export const notice: SupervisionNotice = {
  to: '望河分局北门派出所',
  doing: '办理',
  matter: '接警单990102000000 20261122 000187号警情',
  problems: [noCase, lateHandOver],
  answerBy: t('11-30 00:00'),
  objectionDays: 3,
  signers,
};

export const rectification: RectificationNotice = {
  to: '望河分局北门派出所',
  doing: '办理',
  matter: notice.matter,
  problems: [
    { ...noCase, measure: '依法受（立）案并告知报警人，或者登记不予受（立）案的理由', dueAt: t('11-30 00:00') },
    { ...lateHandOver, measure: '将手机移交涉案财物管理人员，补办入库登记，如实注明移交时间', dueAt: t('11-26 00:00') },
  ],
  follows: '望公法监通字〔2026〕12号',
  signers,
};

const lead = { name: '张建国', number: '990107' };

export const audit: CaseAudit = {
  case: {
    number: 'A9901025100002026110034',
    kind: '行政案件（治安）',
    cause: '盗窃',
    unit: '澜川市公安局望河分局北门派出所',
    stage: '调查取证',
    lead,
    assistants: [{ name: '欧阳志强', number: '990131' }],
    acceptedAt: t('11-24 09:20'),
    sourceAlarms: ['99010200000020261122000187'],
    suspectKnown: true,
    enterprise: false,
  },
  parties: [
    { role: '报警人（被侵害人）', name: '王秀英', minor: false, ageClass: '18至60周岁' },
    { role: '违法嫌疑人', name: '欧阳小龙', minor: true, ageClass: '14至16周岁', note: '已通知监护人到场' },
    { role: '证人', name: '艾力·买买提', minor: false, ageClass: '18至60周岁' },
  ],
  chain: [
    { title: '接警', lines: ['…000187', '11-22 21:10'] },
    { title: '派警、到场', lines: ['21:12 派警', '21:21 到场'] },
    { title: '处置反馈', lines: ['22:05 反馈', '反馈类别：纠纷'] },
    { title: '受（立）案', lines: ['未见受（立）案', '应于11-23 22:05前'], missing: { owes: '北门派出所' } },
    { title: '财物提取', lines: ['手机1部', '11-22 21:40'] },
    { title: '移交入库', lines: ['未见入库登记', '应于11-23 21:40前'], missing: { owes: '欧阳某某' } },
    { title: '现场录像', lines: ['21:21—21:35缺录', '未见装备故障报备'], missing: { owes: '张某某' } },
    { title: '法制审核', lines: ['未到该环节'] },
  ],
  steps: [
    {
      at: t('11-22 21:10'),
      text: '接报“电动自行车被盗”警情，报警电话来电',
      by: { unit: '情指中心', name: '李小燕' },
      recordedAt: t('11-22 21:11'),
    },
    {
      at: t('11-22 21:12'),
      text: '派警至北门派出所',
      by: { unit: '情指中心', name: '李小燕' },
      recordedAt: t('11-22 21:12'),
    },
    {
      at: t('11-22 21:21'),
      text: '到达现场',
      by: { unit: '北门派出所', name: '张建国' },
      recordedAt: t('11-22 21:21'),
    },
    {
      at: t('11-22 21:40'),
      text: '现场提取手机1部',
      by: { unit: '北门派出所', name: '欧阳志强' },
      recordedAt: t('11-24 08:30'),
    },
    {
      at: t('11-22 22:05'),
      text: '处置完毕，反馈类别“纠纷”',
      by: { unit: '北门派出所', name: '张建国' },
      recordedAt: t('11-22 22:07'),
      corrects: '更正2026年11月22日22时06分登记：反馈类别误选“求助”',
    },
  ],
  duties: [
    {
      rule: '接警要素登记完整',
      owes: { unit: '情指中心' },
      openedAt: t('11-22 21:10'),
      dueAt: t('11-22 21:10'),
      metAt: t('11-22 21:10'),
      verdict: 'met',
      basis: [{ document: '110接处警工作规则', article: '第七条' }],
    },
    {
      rule: '处警到场超时',
      owes: { unit: '北门派出所', name: '张建国' },
      openedAt: t('11-22 21:12'),
      dueAt: t('11-22 21:20'),
      metAt: t('11-22 21:21'),
      verdict: 'late',
      basis: [{ document: '地方接处警工作规范', article: '第二十三条' }],
    },
    {
      rule: '案件类警情未受（立）案',
      owes: { unit: '北门派出所' },
      openedAt: t('11-22 22:05'),
      dueAt: t('11-23 22:05'),
      metAt: null,
      verdict: 'overdue',
      basis: [s3, s1],
    },
    {
      rule: '涉案财物24小时移交',
      owes: { unit: '北门派出所', name: '欧阳志强' },
      openedAt: t('11-22 21:40'),
      dueAt: t('11-23 21:40'),
      metAt: null,
      verdict: 'overdue',
      basis: [s2],
    },
    {
      rule: '处警全程录音录像',
      owes: { unit: '北门派出所', name: '张建国' },
      openedAt: t('11-22 21:21'),
      dueAt: t('11-23 22:05'),
      metAt: null,
      verdict: 'excused',
      basis: [bwc],
    },
    {
      rule: '音视频24小时上传',
      owes: { unit: '北门派出所', name: '张建国' },
      openedAt: t('11-22 22:05'),
      dueAt: t('11-23 22:05'),
      metAt: null,
      verdict: 'unknown',
      basis: [bwc],
    },
    {
      rule: '治安案件办案期限',
      owes: { unit: '北门派出所' },
      openedAt: t('11-23 09:00'),
      dueAt: t('12-23 23:59'),
      metAt: null,
      verdict: 'pending',
      basis: [{ document: '中华人民共和国治安管理处罚法', article: '第一百一十八条' }],
    },
  ],
  findings: [
    {
      number: noCase.number,
      level: noCase.level,
      state: '待认定',
      sentence: noCase.sentence,
      basis: noCase.basis,
      loop: [
        {
          at: t('11-23 08:30'),
          step: '核查、交办',
          by: { unit: '法制大队案管中心', name: '沈秋月' },
          opinion: '录像与警情内容不符，交办核实',
        },
        { at: t('11-23 09:05'), step: '签收', by: { unit: '北门派出所法制员', name: '周明' } },
        {
          at: t('11-23 15:20'),
          step: '说明情况',
          by: { unit: '北门派出所', name: '张建国' },
          opinion: '报警人当场表示不追究,按纠纷处理,未登记理由',
        },
        {
          at: t('11-23 16:02'),
          step: '审签',
          by: { unit: '北门派出所所长', name: '高远' },
          opinion: '情况属实，同意上报',
        },
      ],
    },
    {
      number: lateHandOver.number,
      level: lateHandOver.level,
      state: '整改中',
      sentence: lateHandOver.sentence,
      basis: lateHandOver.basis,
      loop: [],
    },
  ],
  items: [
    {
      number: 'WH-涉财-2026-001234',
      name: '手机（黑色，某品牌）',
      quantity: '1部',
      how: '证据保全',
      takenAt: t('11-22 21:40'),
      storedAt: null,
      place: '未见入库',
      value: 1200,
    },
    {
      number: 'WH-涉财-2026-001235',
      name: '断线钳',
      quantity: '1把',
      how: '证据保全',
      takenAt: t('11-22 21:45'),
      storedAt: t('11-23 10:00'),
      place: '中心库A-03-2',
      value: null,
    },
  ],
  balance: { taken: 2, stored: 1, lent: 0, returned: 0, transferred: 0, disposed: 0, notStored: 1 },
  recordings: [
    {
      label: '张某某（处警）',
      share: 0.682,
      longestGap: 14 * 60_000,
      spans: [
        { from: t('11-22 21:21'), to: t('11-22 22:05'), look: 'owed' },
        { from: t('11-22 21:21'), to: t('11-22 21:35'), look: 'missing' },
        { from: t('11-22 21:35'), to: t('11-22 22:05'), look: 'held' },
      ],
    },
    {
      label: '欧阳某某（处警）',
      share: 1,
      longestGap: 0,
      note: '辅警佩戴',
      spans: [
        { from: t('11-22 21:16'), to: t('11-22 21:21'), look: 'exempt' },
        { from: t('11-22 21:21'), to: t('11-22 22:05'), look: 'held' },
      ],
    },
  ],
  signers: ['审查人', '审核人', '批准人'],
};

const c = (met: number, late: number, overdue: number, excused: number, unknown: number, pending: number) => ({
  met,
  late,
  overdue,
  excused,
  unknown,
  pending,
});

export const scorecard: UnitScorecard = {
  unit: '澜川市公安局望河分局北门派出所',
  from: t('11-01 00:00'),
  until: t('12-01 00:00'),
  blocks: [
    {
      name: '接处警',
      rows: [
        { rule: 'ALM-01', title: '接警要素登记完整', ...c(611, 4, 0, 0, 0, 0) },
        { rule: 'ALM-03', title: '处警到场时限', ...c(188, 13, 0, 4, 6, 0) },
        { rule: 'ALM-09', title: '案件类警情受（立）案', ...c(74, 1, 2, 3, 0, 5) },
      ],
    },
    {
      name: '案件办理',
      rows: [
        { rule: 'CAS-08', title: '治安案件办案期限', ...c(41, 0, 0, 1, 0, 22) },
        { rule: 'CAS-17', title: '执法人数', ...c(63, 0, 1, 0, 0, 0) },
      ],
    },
    {
      name: '涉案财物',
      rows: [
        { rule: 'PRO-01', title: '涉案财物24小时移交', ...c(52, 2, 1, 0, 0, 3) },
        { rule: 'PRO-03', title: '办案与保管分离', ...c(18, 0, 0, 0, 0, 0) },
      ],
    },
    { name: '执法音视频', rows: [{ rule: 'BWC-02', title: '处警全程录音录像', ...c(402, 0, 21, 12, 9, 0) }] },
  ],
  months: [
    { month: '2026年9月', ...c(1390, 22, 31, 18, 40, 0) },
    { month: '2026年10月', ...c(1421, 25, 24, 21, 12, 0) },
    { month: '2026年11月', ...c(1449, 20, 25, 20, 15, 30) },
  ],
  findings: {
    raised: 47,
    confirmed: 31,
    dismissed: 7,
    falseAlarms: 9,
    rectifiedOnTime: 27,
    rectifiable: 29,
    selfCorrected: 6,
  },
};
