import type { Say, Text } from '../words/say.ts';
import type { RuleVersion } from './rule.ts';

/** 第 2 版; 本局第 1 版: files and the bureau number their versions apart. */
export const versionWords = (version: number, say: Say): string =>
  version > 1000
    ? say(`本局第 ${version - 1000} 版`, `own version ${version - 1000}`)
    : say(`第 ${version} 版`, `version ${version}`);

export const actWords: Record<string, Text> = {
  draft: { zh: '起草', en: 'Drafted' },
  change: { zh: '修改', en: 'Changed' },
  try: { zh: '试运行', en: 'Tried' },
  stop: { zh: '退回草稿', en: 'Back to draft' },
  sign: { zh: '审签', en: 'Signed' },
  enact: { zh: '启用', en: 'Enacted' },
  propose_trial: { zh: '提请转试运行', en: 'Trial proposed' },
  propose_repeal: { zh: '提请停用', en: 'Repeal proposed' },
  suspend: { zh: '转试运行', en: 'Back to trial' },
  amend: { zh: '由新版本替代', en: 'Amended' },
  repeal: { zh: '停用', en: 'Repealed' },
  hold: { zh: '随产品更新，待本局决定', en: 'New file, waits for the bureau' },
};

/** From when to when it decides, whatever ends it first. */
export function forceWords({ from, to, endsOn }: RuleVersion, say: Say): string {
  const end = [to, endsOn].filter(Boolean).sort()[0];
  return `${from ?? '—'} ${say('起', '')}${end ? say(`，至 ${end} 前`, ` to ${end}`) : ''}`;
}
