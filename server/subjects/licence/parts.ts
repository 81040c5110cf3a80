import { choice, flag, instant, int, type Parts, text } from '../define.ts';
import { level } from '../levels.ts';

/** What a licence has several of: requests to complete the papers, extensions, time that does not count. */
export const parts = {
  supplements: {
    one: 'supplement',
    label: { zh: '补正告知', en: 'Request to complete' },
    facts: {
      toldAt: instant('告知时间', 'Told at'),
      wanted: text('需补正的内容', 'What is missing'),
      completedAt: instant('补正时间', 'Completed at'),
    },
  },
  extensions: {
    one: 'extension',
    label: { zh: '决定期限延长', en: 'Extension' },
    facts: {
      approvedAt: instant('批准时间', 'Approved at'),
      level: level(),
      byGovernment: flag('本级人民政府负责人批准', 'Approved by the government'),
      days: int('延长工作日', 'Working days'),
      reasonToldAt: instant('告知延长理由时间', 'Reason told at'),
      number: text('文书号', 'Paper no.'),
    },
  },
  suspensions: {
    one: 'suspension',
    label: { zh: '不计入期限', en: 'Time not counted' },
    facts: {
      reason: choice('事由', 'Reason', {
        hearing: ['听证', 'Hearing'],
        test: ['检验、检测、检疫、鉴定', 'Test'],
        expert: ['专家评审', 'Expert review'],
        other: ['招标、拍卖', 'Tender or auction'],
      }),
      startedAt: instant('起始时间', 'Started at'),
      endedAt: instant('终止时间', 'Ended at'),
      toldInWriting: flag('已书面告知所需时间', 'Told in writing'),
    },
  },
} satisfies Parts;
