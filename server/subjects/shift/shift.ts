import { choice, defineSubject, instant, overlapping, person, text, unit } from '../define.ts';

/** 勤务: the kind decides what is owed (domain.md §1.1, no. 10). */
export const shift = defineSubject({
  name: 'shift',
  plural: 'shifts',
  code: 4,
  label: { zh: '勤务', en: 'Shift' },
  number: 'number',
  unit: 'unit',
  own: ['officer'],
  dated: 'plannedStart',
  facts: {
    number: text('勤务编号', 'Shift no.', { unique: true, search: true }),
    officer: person('执勤人员', 'Officer'),
    unit: unit('所属单位', 'Unit'),
    kind: choice('勤务类型', 'Kind', {
      response: ['接处警', 'Response'],
      patrol: ['巡逻', 'Patrol'],
      checkpoint: ['设卡盘查', 'Checkpoint'],
      inspection: ['现场检查', 'Inspection'],
      security: ['安保', 'Event security'],
      case_work: ['办案', 'Case work'],
      standby: ['备勤', 'Standby'],
      indoor: ['室内值班', 'Indoor duty'],
      counter: ['窗口', 'Counter'],
      plain_clothes: ['便衣侦查', 'Plain clothes'],
      training: ['会议培训', 'Meeting or training'],
      time_off: ['休息', 'Time off'],
    }),
    device: text('执法记录仪', 'Camera', { search: true }),
    plannedStart: instant('计划上岗时间', 'Planned start', { planned: true }),
    plannedEnd: instant('计划下岗时间', 'Planned end', { planned: true }),
    startedAt: instant('上岗时间', 'Started at'),
    endedAt: instant('下岗时间', 'Ended at'),
    faultReportedAt: instant('装备故障报备时间', 'Equipment fault reported at'),
  },
  parts: {
    onlines: {
      one: 'online',
      label: { zh: '设备在线时段', en: 'Device online' },
      facts: { startedAt: instant('上线时间', 'Online from'), endedAt: instant('离线时间', 'Online until') },
    },
    exemptions: {
      one: 'exemption',
      label: { zh: '免予开机时段', en: 'Exempt interval' },
      facts: {
        startedAt: instant('起始时间', 'From'),
        endedAt: instant('终止时间', 'Until'),
        code: choice('原因', 'Reason', { meal: ['就餐', 'Meal'], privacy: ['个人隐私', 'Privacy'], training: ['会议培训', 'Training'], standby: ['备勤', 'Standby'], fault: ['装备故障', 'Equipment fault'], secret: ['涉密', 'Secret'] }),
      },
    },
  },
  relations: {
    recordings: overlapping('执法音视频', 'Recordings', {
      code: 3, to: 'recording', people: ['officer'], from: 'startedAt', until: 'endedAt',
      theirPerson: 'wearer', theirFrom: 'startedAt', theirUntil: 'endedAt', slack: 0, longest: 24,
    }),
  },
  steps: {
    plan: { code: 1, label: { zh: '排班', en: 'Plan' }, opens: true, at: 'plannedStart', requires: ['number', 'officer', 'unit', 'kind', 'plannedEnd'], asks: ['device'] },
    start: { code: 2, label: { zh: '上岗', en: 'Start' }, at: 'startedAt', asks: ['device'] },
    end: { code: 3, label: { zh: '下岗', en: 'End' }, at: 'endedAt', after: ['startedAt'] },
    log_online: { code: 4, label: { zh: '登记设备在线', en: 'Log the device' }, part: 'onlines', adds: true, at: 'startedAt', asks: ['endedAt'] },
    exempt: { code: 5, label: { zh: '报备免予开机', en: 'Report an exemption' }, part: 'exemptions', adds: true, at: 'startedAt', requires: ['endedAt', 'code'] },
    report_fault: { code: 6, label: { zh: '报备装备故障', en: 'Report a fault' }, at: 'faultReportedAt' },
  },
});
