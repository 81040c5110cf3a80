import type { Text } from '../subjects/define.ts';
import { approverLevels } from '../subjects/levels.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import { feeds } from './feed-codes.ts';
import { fieldsOf } from './language.ts';
import { joinedGap } from './print-coverage.ts';
import { personAttributes, type Type, unitAttributes } from './types.ts';

const kinds: Record<Type['kind'], string> = {
  bool: '是/否',
  int: '整数',
  ratio: '小数',
  money: '金额(元)',
  instant: '时间',
  date: '日期',
  duration: '时长',
  limit: '时限',
  person: '人员',
  unit: '单位',
  null: '空',
  params: '参数',
  text: '文本',
  row: '对象',
  list: '列表',
};

/** What each function is for, in the order of the page. */
const functions: readonly [written: string, meaning: string][] = [
  [
    'm(n) h(n) d(n) wd(n) mo(n)',
    '时限：分钟、小时、日、工作日、月；整个表达式就是一个时限时可以直接写 15m、24h、30d、5wd、6mo',
  ],
  ['after(t, 时限) before(t, 时限)', '之后、之前的时刻；日、工作日、月算到当日 23:59:59.999，不因节假日顺延'],
  ['earliest([a, b]) latest([a, b])', '已登记的最早、最晚者；列表可写 list.map(x, x.startedAt)'],
  ['allOf([a, b])', '全部办完的时间：最晚者，任一没有登记即为空'],
  ['list.exists(x, 条件) list.all(x, 条件)', '有一个符合；个个符合(空列表也算)'],
  ['list.filter(x, 条件)', '符合条件的'],
  ['list.size() list.count()', '个数；人员不重复计算'],
  ['list.first() list.last()', '先、后：同一对象的环节按登记顺序，其他对象按日期，人员按列名顺序'],
  ['list.map(x, 值).min() .max() .sum()', '最小、最大、合计；没有登记的不计，合计没有时为 0'],
  ['min(a, b) max(a, b)', '两数中较小、较大者，任一为空即为空'],
  [
    'coverage(list, 起, 止)',
    `起止之间被各时段(startedAt 至 endedAt)覆盖的比例，0 至 1；相隔不超过 ${joinedGap} 秒的视为相接`,
  ],
  ['coverage(list, 起, 止, 免除)', '先从应覆盖时间里扣除免除时段；全部免除的为 1'],
  ['longestGap(list, 起, 止)', '最长的一段缺口(时长)；同样可加第四项'],
  ['level(x)', "审批级别的高低，也可用于其他有先后的选项；level('county') 是级别代码本身"],
  ['date(t) year(t)', '当地日期；年份(时间或者日期)'],
  ['条件 ? 甲 : 乙', '条件成立取甲，不成立或者没有登记取乙'],
  ['x in [a, b]', '是其中之一'],
  ['== != < <= > >= && || !', '等于、不等于(空与空相等)；大小比较遇空为假；并且、或者、并非'],
];

/** vocabulary.md: every word that a rule may use, for those who write rules and do not read code. */
export function renderVocabulary(registry: Registry): string {
  const parts = [
    '# 规则词汇表 · Vocabulary of the rules',
    '本页由程序生成，请勿手工修改。规则怎样写见 `language.md`、`rule.schema.json` 与同目录下的各条规则；没有登记的事实按“没有办”理解。',
    '## 函数与运算',
    table(
      ['写法', '含义'],
      functions.map(([written, meaning]) => [`\`${written.replaceAll('|', '\\|')}\``, meaning]),
    ),
    '## 句子里的词',
    table(
      ['词', '含义'],
      [
        ['`opens`', '义务产生的时间'],
        ['`due`', '到期时间'],
        ['`met`', '办结时间'],
        ['`over`', '超过到期时间多久；尚未办结的算到现在'],
        ['`截至目前`', '写入判定的时间'],
      ],
    ),
    '## 数据来源 `needs`',
    table(
      ['代码', '名称', 'Name', '人工录入'],
      Object.entries(feeds).map(([code, { zh, en, byHand }]) => [`\`${code}\``, zh, en, byHand ? '可以' : '']),
    ),
    '## 审批级别 `level()`',
    table(
      ['代码', '名称', 'Name', '高低'],
      Object.entries(approverLevels).map(([code, [zh, en]], i) => [`\`${code}\``, zh, en, String(i + 1)]),
    ),
    '## 人员、单位',
    table(
      ['词', '类型', '取值'],
      [
        ...Object.entries(personAttributes).map(([name, type]) => [
          `\`人员.${name}\``,
          kinds[type.kind],
          name === 'qualified' ? '有执法资格的民警' : valuesOf(type),
        ]),
        ...Object.entries(unitAttributes).map(([name, type]) => [`\`单位.${name}\``, kinds[type.kind], valuesOf(type)]),
      ],
    ),
    ...registry.types.flatMap((type) => [
      `## ${type.label.zh} ${type.label.en} \`${type.name}\``,
      facts(registry, tableOf(type)),
      ...Object.entries(type.parts).flatMap(([name, part]) => [
        `### ${type.label.zh}的${part.label.zh} \`${type.name}.${name}\``,
        facts(registry, tableOf(type, name)),
      ]),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The same words for a page that is searched, and for an editor that completes. */
export function vocabulary(registry: Registry): {
  functions: { written: string; meaning: string }[];
  tables: WordTable[];
} {
  return {
    functions: functions.map(([written, meaning]) => ({ written, meaning })),
    tables: registry.types.flatMap((type) => [
      { path: type.name, label: type.label, words: wordsIn(registry, tableOf(type)) },
      ...Object.entries(type.parts).map(([name, part]) => ({
        path: `${type.name}.${name}`,
        label: { zh: `${type.label.zh}的${part.label.zh}`, en: `${type.label.en}: ${part.label.en}` },
        words: wordsIn(registry, tableOf(type, name)),
      })),
    ]),
  };
}

/** The words of one kind of row. */
export interface WordTable {
  path: string;
  label: Text;
  words: { name: string; label: Text; kind: string; values: string }[];
}

const wordsIn = (registry: Registry, of: Table): WordTable['words'] =>
  [...fieldsOf(registry, of)].map(([name, type]) => ({
    name,
    label: labelOf(of, name),
    kind: kindOf(type).replaceAll('`', ''),
    values: valuesOf(type).replaceAll('`', ''),
  }));

function facts(registry: Registry, of: Table): string {
  const rows = [...fieldsOf(registry, of)].map(([name, type]) => [
    `\`${name}\``,
    labelOf(of, name).zh,
    labelOf(of, name).en,
    kindOf(type),
    valuesOf(type),
  ]);
  return table(['词', '名称', 'Name', '类型', '取值'], rows);
}

function labelOf(of: Table, name: string): Text {
  return (of.facts[name] ?? of.relations[name] ?? of.type.parts[name])?.label ?? { zh: '', en: '' };
}

function kindOf(type: Type): string {
  if (type.kind === 'row') return `对象 \`${type.table.name}\``;
  if (type.kind === 'list') return `列表(${kindOf(type.of)})`;
  return type.kind === 'text' && type.options ? '选项' : kinds[type.kind];
}

function valuesOf(type: Type): string {
  const of = type.kind === 'list' ? type.of : type;
  return of.kind === 'text' && of.options
    ? Object.entries(of.options)
        .map(([code, label]) => `\`${code}\` ${label.zh}`)
        .join('、')
    : '';
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
