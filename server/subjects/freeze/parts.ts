import { choice, instant, money, type Parts, text } from '../define.ts';
import { level } from '../levels.ts';

/** What a freeze has several of: stop-payments, renewals, victims, objections to a refund. */
export const parts = {
  stops: {
    one: 'stop',
    label: { zh: '紧急止付', en: 'Stop-payment' },
    facts: {
      stoppedAt: instant('止付时点', 'Stopped at'),
      amount: money('止付金额(元)', 'Amount (yuan)'),
      endedAt: instant('解除止付时间', 'Let go at'),
      reason: choice('解除原因', 'Why let go', {
        no_facts: ['未发现犯罪事实', 'No facts of a crime'],
        unrelated: ['与案件无关', 'Unrelated'],
        other: ['其他', 'Other'],
      }),
    },
  },
  renewals: {
    one: 'renewal',
    label: { zh: '继续冻结', en: 'Renewal' },
    facts: {
      approvedAt: instant('续冻批准时间', 'Approved at'),
      level: level(),
      number: text('文书号', 'Paper no.'),
      fromAt: instant('续冻起始时间', 'From', { planned: true }),
      untilAt: instant('续冻到期时间', 'Until', { planned: true }),
    },
  },
  victims: {
    one: 'victim',
    label: { zh: '被害人', en: 'Victim' },
    facts: {
      name: text('姓名', 'Name', { mask: 'caller' }),
      loss: money('损失金额(元)', 'Loss (yuan)'),
      foundAt: instant('查明(申请)时间', 'Found or applied at'),
      toldAt: instant('告知时间', 'Told at'),
    },
  },
  objections: {
    one: 'objection',
    label: { zh: '返还异议', en: 'Objection to the refund' },
    facts: {
      raisedAt: instant('提出时间', 'Raised at'),
      by: text('异议人', 'Raised by', { mask: 'caller' }),
      reviewedAt: instant('审核时间', 'Reviewed at'),
      outcome: choice('审核结果', 'Outcome', { upheld: ['成立', 'Upheld'], refused: ['不成立', 'Refused'] }),
    },
  },
} satisfies Parts;
