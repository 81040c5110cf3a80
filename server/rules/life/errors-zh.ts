/** What the compiler says, for those who write rules and read no English. The names of words stay as they are written. */
const patterns: readonly [english: RegExp, chinese: string][] = [
  [/^there is no fact (\S+)/, '没有“$1”这个事实'],
  [/^unknown name (\S+)/, '没有“$1”这个名称'],
  [/^unknown key (\S+)/, '没有“$1”这一项'],
  [/^there is no (\S+)\(\)/, '没有 $1() 这个函数'],
  [/^there is no expression/, '表达式是空的'],
  [/^the key (\S+) is missing/, '缺少“$1”一项'],
  [/^(\S+) is missing/, '缺少“$1”'],
  [/^(\S+) is empty/, '“$1”是空的'],
  [/^(\S+) is one of (.+?)(;|$)/, '“$1”应为下列之一：$2'],
  [/^(\S+) is a text: put it in quotes/, '“$1”应为文本，请加引号'],
  [/^(\S+) is a text/, '“$1”应为文本'],
  [/^(\S+) is a mapping/, '“$1”应为“名称: 值”的形式'],
  [/^a rule is a mapping/, '规则应为“名称: 值”的形式'],
  [/^(\S+) is a list/, '“$1”应为列表'],
  [/^(\S+) is a number/, '“$1”应为数字'],
  [/^a rule has one of within, due and require/, 'within、due、require 三项应当有且只有一项'],
  [/^met does not go with require/, '有 require 时不写 met'],
  [/^(\S+) goes with within only/, '“$1”只与 within 同用'],
  [/^an id is like/, '编号形如 ALM-03 或 ALM-04a'],
  [/^a version is/, '版本为 1、2、3……'],
  [/^a limit is at least 1/, '时限至少为 1'],
  [/^a limit is at most (\S+)/, '时限至多为 $1'],
  [/^a limit is (like|m\(\))/, '时限形如 15m、24h、30d、5wd、6mo，或者 params 中的一项'],
  [/^inside an expression a limit is written/, '表达式里的时限写作 m(15)、h(24)、d(3)、wd(5)、mo(6)'],
  [/^a date is like/, "日期形如 '2026-01-01'"],
  [/^in_force ends before it begins/, '施行期间的终止早于起始'],
  [/^each is like/, 'each 形如 d in alarm.dispatches'],
  [/^each takes a list of the subject itself/, 'each 取监督对象自己的列表，如 alarm.dispatches'],
  [/^aggravated is like/, 'aggravated 形如 case.enterprise -> serious'],
  [/^a parameter is like/, '参数形如 8m、24h、2、0.95、500 yuan'],
  [/^the values of (\S+) are of one kind/, '“$1”各值的种类和单位应当相同'],
  [/^(\S+) is no name of a parameter/, '“$1”不能作参数名'],
  [/^(\S+) is no name of a feed/, '“$1”不能作数据来源名'],
  [/^params\.(\S+) wants a key/, 'params.$1 须写明取哪一项：params.$1[…]'],
  [/^params\.(\S+) has no keys/, 'params.$1 没有分项'],
  [/^params\.(\S+) has no (\S+)/, 'params.$1 没有“$2”一项'],
  [/^basis\.document is missing/, '依据须写明文件名称'],
  [/^a rule names its basis/, '规则须写明法律依据'],
  [/^an example has it, given and gives/, '示例须有 it、given、gives 三项'],
  [/^a rule needs examples/, '至少要有三个示例：办结的(met)、未办结的(late 或 overdue)、不适用的(nothing)'],
  [/^example “(.+?)”: gives is/, '示例“$1”的 gives 应为 met、late、overdue、excused、pending、unknown、nothing 等'],
  [/^example “(.+?)” promises (.+) and is (.+)$/, '示例“$1”应为“$2”，而按本文本判定为“$3”'],
  [/^example “(.+?)” cannot be read: (.+)$/, '示例“$1”无法读取：$2'],
  [/^this is (.+), not a condition/, '这里要的是条件，写的是 $1'],
  [/^this is (.+), not a list/, '这里要的是列表，写的是 $1'],
  [/^this is (.+), not a limit/, '这里要的是时限，写的是 $1'],
  [/^this is (.+), not (.+)$/, '这里要的是 $2，写的是 $1'],
  [/^this is always the same/, '这个条件永远一样'],
  [/^(.+) and (.+) are not compared/, '$1 与 $2 不能比较'],
  [/^(.+) and (.+) have no order/, '$1 与 $2 不能比较大小'],
  [/^texts have no order/, '文本不能比较大小；审批级别用 level()'],
  [/^both branches are null/, '两个分支都是空'],
  [/^(\S+) already means/, '“$1”已经有别的含义，请换一个名称'],
  [/^this } has no \{/, '这个 } 没有对应的 {'],
  [/^this \{ is not closed/, '这个 { 没有收尾'],
  [/^absorbs (\S+), which is no rule/, '没有 $1 这条规则，不能吸收'],
  [
    /^version \d+ of (\S+) opens otherwise than version (\d+)/,
    '$1 第 $2 版的 each、opens 与本版不同：同一事项会同时落入两版。起算方法不同的，请另立编号',
  ],
  [/put the expression in quotes or in a block/, '格式有误：表达式请加引号，或者另起一行写在 >- 之后'],
  [/is not part of the (rule )?language/, '规则语言没有这种写法'],
  [/may be missing|is missing/, '这个事实可能没有登记：请写明没有登记时怎么算'],
];

/** The message in Chinese, with what was probably meant; one that is not known here keeps its English. */
export function chineseOf(message: string): string {
  const meant = /; did you mean (.+)\?$/.exec(message)?.[1];
  const found = patterns.find(([english]) => english.test(message));
  const match = found?.[0].exec(message);
  const plain = (text: string): string => text.replace(/\$(\d)/g, (_, i: string) => trimmed(match?.[Number(i)] ?? ''));
  const text = found ? plain(found[1]) : `此处有误：${message.replace(/; did you mean .+$/, '')}`;
  return meant ? `${text}，是否指“${meant}”？` : text;
}

const trimmed = (text: string): string =>
  text
    .replace(/;$/, '')
    .replace(/ by (-?[\d.]+) s\b/g, '，超 $1 秒')
    .replace(/\b(?:met|late|overdue|broken|pending|excused|unknown|nothing)\b/g, (word) => said[word] ?? word);

/** Verdicts as people say them. */
const said: Readonly<Record<string, string>> = {
  met: '按期办结',
  late: '逾期办结',
  overdue: '逾期未办',
  broken: '逾期',
  pending: '未到期',
  excused: '核准例外',
  unknown: '暂无法判定',
  nothing: '不适用',
};
