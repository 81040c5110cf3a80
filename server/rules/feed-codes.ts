import type { Text } from '../kernel/errors.ts';

/**
 * Outside feeds that rules need. `byHand`: what people can also enter themselves, so that it counts as delivering until
 * somebody says otherwise; the others deliver nothing until an interval is recorded, and their duties are unknown.
 */
export const feeds: Readonly<Record<string, Text & { byHand: boolean }>> = {
  dispatch: { zh: '接处警系统', en: 'Dispatch system', byHand: true },
  camera_dock: { zh: '执法记录仪采集站', en: 'Camera docking stations', byHand: true },
  device_log: { zh: '执法记录仪在线日志', en: 'Device online log', byHand: false },
  area_recorder: { zh: '办案区同步录音录像', en: 'Recorders of the case-handling area', byHand: true },
  roster: { zh: '勤务排班系统', en: 'Roster', byHand: true },
  bank: { zh: '银行与支付机构反馈', en: 'Banks and payment institutions', byHand: true },
};
