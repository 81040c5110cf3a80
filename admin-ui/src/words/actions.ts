import type { Subject } from '../vocabulary/types.ts';
import { stepIn } from '../vocabulary/Vocabulary.tsx';
import type { Say, Text } from './say.ts';

const known: Record<string, Text> = {
  read: { zh: '查阅', en: 'Read' },
  reveal: { zh: '查看完整个人信息', en: 'Personal data shown in full' },
  correct: { zh: '更正', en: 'Correct' },
  print: { zh: '打印', en: 'Print' },
  export: { zh: '导出', en: 'Export' },
  refuse: { zh: '拒绝操作', en: 'Refused' },
  create: { zh: '新建', en: 'Create' },
  change: { zh: '修改', en: 'Change' },
  upload: { zh: '上传附件', en: 'Upload' },
  render: { zh: '生成文书', en: 'Paper rendered' },
  issue: { zh: '签发文书', en: 'Paper issued' },
};

/** `alarm.arrive` in words; an action nobody named is 操作, never a code. */
export function actionWords(action: string, subject: Subject, say: Say): string {
  const verb = action.split('.').at(-1) ?? '';
  const step = stepIn(subject, verb);
  if (step) return say(step.label);
  const word = known[verb];
  return word ? say(word) : say('操作', 'Action');
}
