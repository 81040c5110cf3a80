/** As server/rules/vocabulary.ts tells it. */
export interface Words {
  functions: { written: string; meaning: string }[];
  tables: { path: string; label: { zh: string; en: string }; words: Word[] }[];
}

export interface Word {
  name: string;
  label: { zh: string; en: string };
  kind: string;
  values: string;
}

export interface Proposal {
  word: string;
  meaning: string;
}

const keys: readonly [string, string][] = [
  ['id', '编号'],
  ['version', '版本'],
  ['title', '名称'],
  ['subject', '监督对象'],
  ['each', '逐项'],
  ['when', '适用条件'],
  ['opens', '起算'],
  ['within', '时限'],
  ['due', '到期'],
  ['require', '应当'],
  ['met', '办结'],
  ['excused', '例外'],
  ['pauses', '中止'],
  ['extends', '延长'],
  ['rolls', '顺延'],
  ['params', '参数'],
  ['warn', '预警提前'],
  ['owes', '责任人'],
  ['unit', '责任单位'],
  ['needs', '数据来源'],
  ['severity', '等级'],
  ['aggravated', '从重'],
  ['absorbs', '吸收'],
  ['in_force', '施行期间'],
  ['basis', '依据'],
  ['says', '认定表述'],
  ['note', '说明'],
  ['examples', '示例'],
];

const most = 8;

/** What may follow at the cursor: facts after a dot, keys at the beginning of a line, else names and functions. */
export function proposals(text: string, at: number, words: Words | undefined): { from: number; found: Proposal[] } {
  const before = text.slice(0, at);
  const typed = /[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? '';
  const from = at - typed.length;
  const fits = (all: Proposal[]) => ({
    from,
    found: all
      .filter((one) => one.word.toLowerCase().startsWith(typed.toLowerCase()) && one.word !== typed)
      .slice(0, most),
  });
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (typed && line === typed) return fits(keys.map(([word, meaning]) => ({ word, meaning })));
  const owner = /([A-Za-z_][A-Za-z0-9_]*)\.$/.exec(before.slice(0, from))?.[1];
  if (owner) return fits(membersOf(owner, text, words));
  if (typed.length < 2 || !words) return { from, found: [] };
  const subject = subjectOf(text);
  const own = words.tables.find((one) => one.path === subject);
  return fits([
    ...(own ? [{ word: own.path, meaning: own.label.zh }] : []),
    ...words.functions.flatMap(({ written, meaning }) =>
      [...written.matchAll(/([a-zA-Z]+)\(/g)].map(([, word = '']) => ({ word, meaning })),
    ),
  ]);
}

const subjectOf = (text: string): string => /^subject:\s*["']?([a-z]+)/m.exec(text)?.[1] ?? '';

function membersOf(owner: string, text: string, words: Words | undefined): Proposal[] {
  const subject = subjectOf(text);
  if (owner === 'params') {
    const inline = /^params:\s*\{(.*)$/m.exec(text)?.[1] ?? '';
    const block = /^params:\s*\n((?: +.*\n)+)/m.exec(text)?.[1] ?? '';
    const names = [...`${inline}\n${block}`.matchAll(/(?:^|[{,\n])\s*([a-z][A-Za-z0-9]*):/g)].map(
      ([, word = '']) => word,
    );
    return [...new Set(names)].map((word) => ({ word, meaning: '参数' }));
  }
  const list = new RegExp(`\\b${owner}\\s+in\\s+${subject}\\.([A-Za-z]+)`).exec(text)?.[1];
  const path = owner === subject ? subject : list ? `${subject}.${list}` : '';
  const table = words?.tables.find((one) => one.path === path);
  return (table?.words ?? []).map(({ name, label, kind }) => ({ word: name, meaning: `${label.zh} ${kind}` }));
}
