import { choice, defineSubject, flag, instant, int, person, text, unit } from '../define.ts';

/** 执法音视频: one file of a body camera, an area camera or a counter. */
export const recording = defineSubject({
  name: 'recording',
  plural: 'recordings',
  code: 5,
  label: { zh: '执法音视频', en: 'Recording' },
  number: 'number',
  unit: 'unit',
  own: ['wearer'],
  dated: 'startedAt',
  facts: {
    number: text('音视频编号', 'Recording no.', { unique: true, search: true }),
    source: choice('来源', 'Source', { camera: ['执法记录仪', 'Body camera'], area: ['办案区同步录音录像', 'Case-handling area'], counter: ['接报案场所音视频', 'Counter'] }),
    device: text('设备编号', 'Device', { search: true }),
    wearer: person('佩戴人', 'Wearer'),
    unit: unit('所属单位', 'Unit'),
    startedAt: instant('开始时间', 'Started at'),
    endedAt: instant('结束时间', 'Ended at'),
    returnedAt: instant('返回单位时间', 'Back at the unit'),
    uploadedAt: instant('入库时间', 'Uploaded at'),
    sha256: text('文件摘要', 'SHA-256'),
    size: int('文件大小(字节)', 'Size (bytes)'),
    retention: choice('保存期限', 'Retention', { ordinary: ['六个月', 'Six months'], case: ['随案保存', 'With the case'], permanent: ['永久', 'Permanent'] }),
    intact: flag('文件完整', 'Intact'),
    awayReported: flag('异地(连续)勤务报备', 'Away duty reported'),
    lockedAt: instant('锁定时间', 'Locked at'),
    deletedAt: instant('到期清除时间', 'Deleted at'),
  },
  steps: {
    register: {
      code: 1, label: { zh: '登记音视频', en: 'Register' }, opens: true, at: 'startedAt',
      requires: ['number', 'source'],
      asks: ['device', 'wearer', 'unit', 'endedAt', 'returnedAt', 'uploadedAt', 'sha256', 'size', 'retention', 'intact', 'awayReported'],
    },
    return_to_unit: { code: 2, label: { zh: '返回单位', en: 'Back at the unit' }, at: 'returnedAt', after: ['endedAt'] },
    upload: { code: 3, label: { zh: '入库', en: 'Upload' }, at: 'uploadedAt', asks: ['sha256', 'size', 'intact', 'retention'], after: ['startedAt'] },
    lock: { code: 4, label: { zh: '锁定', en: 'Lock' }, at: 'lockedAt' },
    bind: { code: 5, label: { zh: '绑定佩戴人', en: 'Bind the wearer' }, requires: ['wearer'] },
  },
});
