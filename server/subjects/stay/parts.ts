import { choice, flag, instant, int, overlapping, type Parts, person, persons, text } from '../define.ts';
import { level } from '../levels.ts';

/** What happens several times during one stay, each with an interval of its own. */
export const parts = {
  interviews: {
    one: 'interview',
    label: { zh: '询(讯)问', en: 'Interview' },
    facts: {
      kind: choice('类型', 'Kind', {
        inquiry: ['询问', 'Inquiry'],
        interrogation: ['讯问', 'Interrogation'],
        identification: ['辨认', 'Identification'],
        testimony: ['询问被侵害人(证人)', 'Testimony'],
      }),
      startedAt: instant('开始时间', 'Started at'),
      endedAt: instant('结束时间', 'Ended at'),
      officers: persons('询(讯)问民警', 'Officers'),
      placeKind: choice('场所', 'Place', {
        interrogation_room: ['讯问室', 'Interrogation room'],
        inquiry_room: ['询问室', 'Inquiry room'],
        identification_room: ['辨认室', 'Identification room'],
        office: ['办公室', 'Office'],
        scene: ['现场', 'Scene'],
        hospital: ['医疗机构', 'Hospital'],
        residence: ['住处', 'Residence'],
        detention_house: ['看守所', 'Detention house'],
        video: ['远程视频', 'Remote video'],
      }),
      placeReason: choice('不在讯问室的法定情形', 'Why not in the room', {
        urgent: ['紧急情况在现场讯问', 'Urgent, on the scene'],
        unfit: ['有严重伤病、残疾或者正在怀孕', 'Ill, disabled or pregnant'],
        prisoner: ['罪犯在监狱服刑', 'Serving prisoner'],
      }),
      room: text('房间编号', 'Room'),
      recorder: text('录音录像设备编号', 'Recorder'),
      recorded: flag('全程同步录音录像', 'Fully recorded'),
      adultName: text('到场的法定代理人(合适成年人)', 'Appropriate adult', { mask: 'suspect' }),
      adultRole: choice('合适成年人身份', 'Who the adult is', {
        guardian: ['父母或者其他监护人', 'Parent or guardian'],
        relative: ['其他成年亲属', 'Adult relative'],
        school: ['学校、单位、居(村)委会代表', 'School, employer or committee'],
        organisation: ['未成年人保护组织代表', 'Organisation for minors'],
      }),
      adultAt: instant('合适成年人到场时间', 'Adult present from'),
      adultAbsence: choice('未到场原因(已注明)', 'Why nobody came (noted)', {
        unreachable: ['无法通知', 'Could not be reached'],
        refused: ['通知后未到场', 'Told, did not come'],
        accomplice: ['监护人系共同违法(犯罪)人', 'Guardian is involved'],
      }),
      femaleOfficer: flag('有女工作人员在场', 'A woman officer present'),
    },
    relations: {
      // a room's recorder is fixed: the file belongs to the device that the record names
      recordings: overlapping('同步录音录像', 'Recordings', {
        code: 10,
        to: 'recording',
        people: ['recorder'],
        from: 'startedAt',
        until: 'endedAt',
        theirPerson: 'device',
        theirFrom: 'startedAt',
        theirUntil: 'endedAt',
        slack: 0,
        longest: 24,
      }),
    },
  },
  leaves: {
    one: 'leave',
    label: { zh: '中途出区', en: 'Leave of the area' },
    facts: {
      reason: choice('事由', 'Reason', {
        evidence: ['起获赃物证据', 'To recover evidence'],
        scene: ['指认现场', 'To point out the scene'],
        identification: ['辨认', 'Identification'],
        hospital: ['就医', 'Medical care'],
        other: ['其他', 'Other'],
      }),
      approvedAt: instant('审批时间', 'Approved at'),
      level: level(),
      startedAt: instant('出区时间', 'Left at'),
      endedAt: instant('返回时间', 'Back at'),
      escorts: persons('押解民警', 'Escorts'),
    },
  },
  extensions: {
    one: 'extension',
    label: { zh: '延长询问(讯问、盘问)审批', en: 'Approval of a longer time' },
    facts: {
      hours: int('延长至(小时)', 'Up to (hours)'),
      approvedAt: instant('批准时间', 'Approved at'),
      level: level(),
      number: text('文书号', 'Paper no.'),
      reason: text('延长原因', 'Reason'),
    },
  },
  restraints: {
    one: 'restraint',
    label: { zh: '约束醒酒', en: 'Restraint until sober' },
    facts: {
      startedAt: instant('开始时间', 'Started at'),
      endedAt: instant('解除时间', 'Ended at'),
      watcher: person('看护人', 'Watched by'),
      soberAt: instant('确认醒酒时间', 'Found sober at'),
    },
  },
  cares: {
    one: 'care',
    label: { zh: '饮食休息', en: 'Meal or rest' },
    facts: {
      kind: choice('类型', 'Kind', { meal: ['饮食', 'Meal'], rest: ['休息', 'Rest'] }),
      startedAt: instant('开始时间', 'Started at'),
      endedAt: instant('结束时间', 'Ended at'),
      declined: flag('本人谢绝', 'Declined'),
    },
  },
  watches: {
    one: 'watch',
    label: { zh: '看管', en: 'Watch' },
    facts: {
      watcher: person('看管人员', 'Watcher'),
      startedAt: instant('开始时间', 'Started at'),
      endedAt: instant('结束时间', 'Ended at'),
    },
  },
  samples: {
    one: 'sample',
    label: { zh: '生物信息采集', en: 'Biometric sample' },
    facts: {
      kind: choice('类别', 'Kind', {
        fingerprint: ['指纹', 'Fingerprint'],
        portrait: ['肖像', 'Portrait'],
        blood: ['血液', 'Blood'],
        urine: ['尿液', 'Urine'],
        dna: ['DNA 样本', 'DNA'],
      }),
      takenAt: instant('采集时间', 'Taken at'),
      approvedAt: instant('审批时间', 'Approved at'),
      level: level(),
      consented: flag('本人同意', 'Consented'),
      takenBy: person('采集人', 'Taken by'),
    },
  },
  belongings: {
    one: 'belonging',
    label: { zh: '随身财物', en: 'Belonging' },
    facts: {
      description: text('品名数量', 'What'),
      listedAt: instant('登记时间', 'Listed at'),
      signed: flag('本人签名', 'Signed'),
      keeper: person('随身财物管理人员', 'Keeper'),
      daily: flag('生活必需品随身保留', 'Stays with the person'),
      convertedAt: instant('转为涉案财物时间', 'Became case property at'),
      returnedAt: instant('返还(随人移交)时间', 'Returned at'),
      receiver: text('领取人', 'Received by', { mask: 'suspect' }),
    },
  },
} satisfies Parts;
