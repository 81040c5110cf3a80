import { choice, instant, int, type Parts, text } from '../define.ts';
import { level } from '../levels.ts';

/** What a complaint has several of: extensions, reviews of the answer, hearings. */
export const parts = {
  extensions: {
    one: 'extension',
    label: { zh: '办理期限延长', en: 'Extension' },
    facts: {
      approvedAt: instant('批准时间', 'Approved at'),
      level: level(),
      days: int('延长天数', 'Days'),
      reasonToldAt: instant('告知延长理由时间', 'Reason told at'),
      number: text('文书号', 'Paper no.'),
    },
  },
  reviews: {
    one: 'review',
    label: { zh: '复查复核', en: 'Review' },
    facts: {
      kind: choice('程序', 'Kind', { review: ['复查', 'Review'], re_review: ['复核', 'Second review'] }),
      requestedAt: instant('收到申请时间', 'Requested at'),
      answeredAt: instant('出具意见时间', 'Opinion given at'),
      outcome: choice('意见', 'Outcome', {
        upheld: ['维持', 'Upheld'],
        changed: ['变更', 'Changed'],
        revoked: ['撤销', 'Revoked'],
      }),
    },
  },
  hearings: {
    one: 'hearing',
    label: { zh: '听证', en: 'Hearing' },
    facts: { startedAt: instant('听证开始时间', 'Started at'), endedAt: instant('听证结束时间', 'Ended at') },
  },
} satisfies Parts;
