import { choice, flag, instant, int, overlapping, type Parts, persons, text } from '../define.ts';
import { level } from '../levels.ts';

/** What a case has several of: acts, measures, notices, people and the like, each with facts of its own. */
export const parts = {
  acts: {
    one: 'act',
    label: { zh: '办案活动', en: 'Act' },
    facts: {
      kind: choice('活动类型', 'Kind', {
        questioning: ['询(讯)问', 'Questioning'],
        identification: ['辨认', 'Identification'],
        inspection: ['检查', 'Inspection'],
        search: ['搜查', 'Search'],
        seizure: ['扣押(证据保全)', 'Seizure'],
        mediation: ['调解', 'Mediation'],
        scene: ['现场处置', 'Calming the scene'],
      }),
      startedAt: instant('开始时间', 'Started at'),
      endedAt: instant('结束时间', 'Ended at'),
      officers: persons('办案民警', 'Officers'),
      place: text('地点', 'Place'),
      inArea: flag('在规范办案场所', 'Inside a regulated place'),
      recorded: flag('全程同步录音录像', 'Fully recorded'),
      approvedAt: instant('审批时间', 'Approved at'),
      subjectName: text('对象', 'Person', { mask: 'suspect' }),
    },
    relations: {
      recordings: overlapping('执法音视频', 'Recordings', {
        code: 2,
        to: 'recording',
        people: ['officers'],
        from: 'startedAt',
        until: 'endedAt',
        theirPerson: 'wearer',
        theirFrom: 'startedAt',
        theirUntil: 'endedAt',
        slack: 120,
        longest: 24,
      }),
    },
  },
  measures: {
    one: 'measure',
    label: { zh: '强制措施', en: 'Measure' },
    facts: {
      kind: choice('措施类型', 'Kind', {
        summons: ['传唤', 'Summons'],
        coerced_summons: ['强制传唤(拘传)', 'Coerced summons'],
        detention: ['刑事拘留', 'Criminal detention'],
        bail: ['取保候审', 'Bail'],
        residence: ['监视居住', 'Residential surveillance'],
        arrest: ['逮捕', 'Arrest'],
        sealing: ['查封', 'Sealing'],
        seizure: ['扣押', 'Seizure'],
        freezing: ['冻结', 'Freezing'],
        admin_detention: ['行政拘留', 'Administrative detention'],
      }),
      approvedAt: instant('审批时间(文书)', 'Approved at (paper)'),
      approvalRecordedAt: instant('审批录入时间', 'Approval entered at'),
      level: level(),
      number: text('文书号', 'Paper no.', { search: true }),
      startedAt: instant('开始时间', 'Started at'),
      dueAt: instant('法定届满时间', 'Expires at', { planned: true }),
      endedAt: instant('解除(变更)时间', 'Ended at'),
      handedOverAt: instant('送看守所时间', 'Handed over at'),
      familyToldAt: instant('通知家属时间', 'Family told at'),
      interrogatedAt: instant('首次讯问时间', 'First interrogated at'),
      urgent: flag('法律规定可先行采取', 'Law allows it before filing'),
      subjectName: text('对象', 'Person', { mask: 'suspect' }),
    },
  },
  people: {
    one: 'party',
    label: { zh: '涉案人员', en: 'Person' },
    facts: {
      role: choice('身份', 'Role', {
        victim: ['被侵害人(被害人)', 'Victim'],
        suspect: ['违法(犯罪)嫌疑人', 'Suspect'],
        witness: ['证人', 'Witness'],
        company: ['涉案单位', 'Company'],
      }),
      name: text('姓名(名称)', 'Name', { mask: 'suspect', search: true }),
      identity: text('证件号码', 'Identity no.', { mask: 'identity' }),
      ageClass: choice('年龄段', 'Age class', {
        under14: ['不满十四周岁', 'Under 14'],
        under18: ['不满十八周岁', 'Under 18'],
        adult: ['成年', 'Adult'],
        over70: ['七十周岁以上', 'Over 70'],
      }),
      addedAt: instant('登记时间', 'Recorded at'),
    },
  },
  extensions: {
    one: 'extension',
    label: { zh: '期限延长', en: 'Extension' },
    facts: {
      of: choice('延长事项', 'What is extended', {
        handling: ['办案期限', 'Case time limit'],
        filing: ['立案审查期限', 'Filing review'],
      }),
      approvedAt: instant('批准时间', 'Approved at'),
      level: level(),
      days: int('延长天数', 'Days'),
      reason: text('延长原因', 'Reason'),
      number: text('文书号', 'Paper no.'),
    },
  },
  suspensions: {
    one: 'suspension',
    label: { zh: '期限中止', en: 'Suspension' },
    facts: {
      reason: choice('中止原因', 'Reason', {
        appraisal: ['鉴定', 'Appraisal'],
        hearing: ['听证', 'Hearing'],
        other: ['其他法定原因', 'Other legal reason'],
      }),
      startedAt: instant('起始时间', 'Started at'),
      endedAt: instant('终止时间', 'Ended at'),
      number: text('依据文书号', 'Paper no.'),
    },
  },
} satisfies Parts;
