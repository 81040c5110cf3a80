import { choice, flag, instant, int, type Parts, person, ratio, text } from '../define.ts';
import { level } from '../levels.ts';

/** What an item has several of: movements in and out of the store, extensions and pauses of its term, stocktakes. */
export const parts = {
  movements: {
    one: 'movement',
    label: { zh: '流转', en: 'Movement' },
    facts: {
      kind: choice('流转类型', 'Kind', {
        store: ['入库', 'Stored'],
        lend: ['调用出库', 'Lent'],
        bring_back: ['归还入库', 'Brought back'],
        hand_back: ['退还', 'Handed back'],
        transfer: ['随案移送', 'Transferred'],
        destroy: ['销毁', 'Destroyed'],
        treasury: ['上缴国库', 'To the treasury'],
      }),
      quantity: ratio('数量', 'Quantity'),
      movedAt: instant('流转时间', 'Moved at'),
      by: person('经手人', 'By'),
      receiver: person('接收人', 'Receiver'),
      purpose: choice('调用事由', 'Lent for', {
        questioning: ['讯(询)问出示', 'Questioning'],
        identification: ['辨认', 'Identification'],
        test: ['检验鉴定(送检)', 'Tests'],
        evidence: ['补充取证', 'Further evidence'],
        hearing: ['听证、出庭出示', 'Hearing or court'],
      }),
      approvedAt: instant('调用审批时间', 'Approved at'),
      dueBackAt: instant('应归还时间', 'Due back at', { planned: true }),
      extensionApprovedAt: instant('延期归还审批时间', 'Longer loan approved at'),
      extendedTo: instant('延期后应归还时间', 'Due back after the extension', { planned: true }),
      checked: flag('归还时已核对', 'Checked on return'),
      note: text('备注', 'Note'),
    },
  },
  extensions: {
    one: 'extension',
    label: { zh: '扣押期限延长', en: 'Extension' },
    facts: {
      approvedAt: instant('批准时间', 'Approved at'),
      level: level(),
      days: int('延长天数', 'Days'),
      number: text('文书号', 'Paper no.'),
    },
  },
  suspensions: {
    one: 'suspension',
    label: { zh: '期间扣除', en: 'Time not counted' },
    facts: {
      reason: choice('原因', 'Reason', { appraisal: ['检测、检验、鉴定', 'Appraisal'] }),
      startedAt: instant('起始时间', 'Started at'),
      endedAt: instant('终止时间', 'Ended at'),
    },
  },
  stocktakes: {
    one: 'stocktake',
    label: { zh: '盘点', en: 'Stocktake' },
    facts: {
      countedAt: instant('盘点时间', 'Counted at'),
      result: choice('盘点结果', 'Result', {
        matches: ['账物相符', 'As in the register'],
        missing: ['有账无物', 'Missing'],
        short: ['数量短少', 'Short'],
        damaged: ['毁损、封条破损', 'Damaged or seal broken'],
        misplaced: ['库位不符', 'In another place'],
      }),
      quantity: ratio('实有数量', 'Quantity found'),
      by: person('盘点人', 'Counted by'),
      note: text('备注', 'Note'),
    },
  },
} satisfies Parts;
