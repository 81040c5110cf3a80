import type { LimitUnit } from '../kernel/calendar.ts';
import type { Text } from '../subjects/define.ts';
import { type Node, type Tree, walk } from './tree.ts';
import type { Type } from './types.ts';

/** An expression in the words of the declarations, for those who do not read CEL: 紧急程度为紧急. */
export function describe(tree: Tree, root: string, each?: string): Text {
  const bare = (text: string): string => text.replace(/^（([^（）]*)）$/, '$1').replace(/^\(([^()]*)\)$/, '$1');
  return { zh: bare(new Words('zh', root, each).test(tree)), en: bare(new Words('en', root, each).test(tree)) };
}

/** `a && b && c` as its parts: each is told with the values it read. */
export const conjuncts = (tree: Tree): Tree[] =>
  tree.op === 'and' ? [...conjuncts(tree.left), ...conjuncts(tree.right)] : [tree];

const attributes: Readonly<Record<string, Text>> = {
  name: { zh: '姓名(名称)', en: 'name' },
  kind: { zh: '人员类别', en: 'kind' },
  qualified: { zh: '具有执法资格', en: 'qualified to enforce' },
  unit: { zh: '所属单位', en: 'unit' },
  short: { zh: '简称', en: 'short name' },
  area: { zh: '区域类别', en: 'kind of area' },
};
export const attributeLabel = (name: string): Text => attributes[name] ?? { zh: name, en: name };

const units: Readonly<Record<LimitUnit, Text>> = {
  m: { zh: '分钟', en: ' min' },
  h: { zh: '小时', en: ' h' },
  d: { zh: '日', en: ' d' },
  wd: { zh: '个工作日', en: ' working days' },
  mo: { zh: '个月', en: ' months' },
};

class Words {
  private readonly language: keyof Text;
  private readonly root: string;
  /** The variable of the row that the duty is about. */
  private readonly each: string | undefined;

  constructor(language: keyof Text, root: string, each: string | undefined) {
    this.language = language;
    this.root = root;
    this.each = each;
  }

  private say = (zh: string, en: string): string => (this.language === 'zh' ? zh : en);
  private text = (text: Text): string => text[this.language];

  /** As a condition: a flag alone is said to be yes. */
  test(tree: Tree, within?: 'and'): string {
    const isFlag = tree.type.kind === 'bool' && (tree.op === 'fact' || tree.op === 'attribute');
    if (isFlag) return this.say(`${this.of(tree)}为“是”`, `${this.of(tree)}: yes`);
    return tree.op === 'or' && within ? this.say(`（${this.of(tree)}）`, `(${this.of(tree)})`) : this.of(tree);
  }

  of(tree: Tree): string {
    switch (tree.op) {
      case 'literal':
        return this.literal(tree.value);
      case 'name':
        return this.nameOf(tree);
      case 'fact':
        return this.path(tree.of, this.text(tree.fact.label));
      case 'attribute':
        return this.path(tree.of, this.text(attributeLabel(tree.name)));
      case 'param':
        return tree.type.kind === 'limit'
          ? this.say('规定期限', 'the limit set')
          : this.say('规定数值', 'the number set');
      case 'not':
        return this.not(tree.of);
      case 'and':
        return `${this.test(tree.left, 'and')}${this.say('，且', ' and ')}${this.test(tree.right, 'and')}`;
      case 'or':
        return `${this.test(tree.left)}${this.say('，或者', ' or ')}${this.test(tree.right)}`;
      case 'order':
        return this.order(tree);
      case 'equal':
        return this.equal(tree);
      case 'in':
        return `${this.of(tree.item)}${this.say('属于', ' is one of ')}${this.options(tree.list, tree.item.type)}`;
      case 'choose':
        return this.say(
          `（${this.test(tree.if)}的为${this.of(tree.then)}，其余为${this.of(tree.else)}）`,
          `(${this.of(tree.then)} if ${this.test(tree.if)}, else ${this.of(tree.else)})`,
        );
      case 'arithmetic':
        return `${this.of(tree.left)} ${{ '+': '+', '-': '−', '*': '×' }[tree.sign]} ${this.of(tree.right)}`;
      case 'minus':
        return `−${this.of(tree.of)}`;
      case 'exists':
        return this.say(
          `${this.of(tree.list)}中有：${this.test(tree.body)}`,
          `some of ${this.of(tree.list)}: ${this.test(tree.body)}`,
        );
      case 'all':
        return this.say(
          `${this.of(tree.list)}每一项均：${this.test(tree.body)}`,
          `every one of ${this.of(tree.list)}: ${this.test(tree.body)}`,
        );
      case 'size':
        return this.say(`${this.of(tree.list)}的数量`, `number of ${this.of(tree.list)}`);
      case 'first':
        return this.say(`最先一项${this.of(tree.list)}`, `the first of ${this.of(tree.list)}`);
      case 'last':
        return this.say(`最后一项${this.of(tree.list)}`, `the last of ${this.of(tree.list)}`);
      case 'fold':
        return this.fold(tree);
      case 'pair':
        return `${this.say(tree.how === 'min' ? '较小者' : '较大者', tree.how)}(${this.of(tree.left)}, ${this.of(tree.right)})`;
      case 'values':
        return tree.items.map((item) => this.of(item)).join(this.say('、', ', '));
      case 'map':
        return `${this.of(tree.list)}${this.say('的', ': ')}${this.of(tree.body)}`;
      case 'filter':
        return this.say(
          `符合“${this.test(tree.body)}”的${this.of(tree.list)}`,
          `${this.of(tree.list)} where ${this.test(tree.body)}`,
        );
      case 'rows':
        return this.rows(tree);
      case 'limit':
        return `${this.of(tree.n)}${this.text(units[tree.unit])}`;
      case 'moved':
        return this.say(
          `${this.of(tree.at)}${tree.how === 'after' ? '之后' : '之前'}${this.of(tree.limit)}`,
          `${this.of(tree.limit)} ${tree.how} ${this.of(tree.at)}`,
        );
      case 'coverage':
        return this.say(`${this.of(tree.list)}的覆盖率`, `share covered by ${this.of(tree.list)}`);
      case 'longestGap':
        return this.say(`${this.of(tree.list)}的最长间断`, `longest gap of ${this.of(tree.list)}`);
      case 'level':
        return this.say(`${this.of(tree.of)}的层级`, `level of ${this.of(tree.of)}`);
      case 'date':
        return this.say(`${this.of(tree.of)}的日期`, `date of ${this.of(tree.of)}`);
      case 'year':
        return this.say(`${this.of(tree.of)}所在年度`, `year of ${this.of(tree.of)}`);
      default:
        return this.say('条件', 'a condition');
    }
  }

  private literal(value: string | number | boolean | null): string {
    if (value === null) return this.say('未登记', 'not recorded');
    if (typeof value === 'boolean') return value ? this.say('是', 'yes') : this.say('否', 'no');
    return String(value);
  }

  private nameOf(tree: Node<'name'>): string {
    if (tree.type.kind !== 'row') return tree.type.kind === 'person' ? this.say('其', 'he') : tree.name;
    const { table } = tree.type;
    return this.text(
      table.part === null ? table.type.label : (table.type.parts[table.part]?.label ?? table.type.label),
    );
  }

  /** Facts of the subject itself and of the row at hand go without saying whose they are. */
  private path(of: Tree, label: string): string {
    if (of.op === 'name' && (of.name === this.root || of.type.kind !== 'row' || of.type.table.part !== null))
      return label;
    return this.say(`${this.of(of)}的${label}`, `${label} of ${this.of(of)}`);
  }

  private not(tree: Tree): string {
    if (tree.op === 'in')
      return `${this.of(tree.item)}${this.say('不属于', ' is none of ')}${this.options(tree.list, tree.item.type)}`;
    if (tree.op === 'exists')
      return this.say(
        `${this.of(tree.list)}中未见：${this.test(tree.body)}`,
        `none of ${this.of(tree.list)}: ${this.test(tree.body)}`,
      );
    if (tree.op === 'not') return this.of(tree.of);
    if (tree.op === 'fact' || tree.op === 'attribute')
      return this.say(`${this.of(tree)}不为“是”`, `${this.of(tree)}: not yes`);
    return this.say(`并非（${this.of(tree)}）`, `not (${this.of(tree)})`);
  }

  private order({ sign, left, right }: Node<'order'>): string {
    const timely = left.type.kind === 'instant' || left.type.kind === 'date';
    const words: Record<typeof sign, [zh: string, en: string]> = timely
      ? {
          '<': ['早于', 'before'],
          '<=': ['不晚于', 'not after'],
          '>': ['晚于', 'after'],
          '>=': ['不早于', 'not before'],
        }
      : { '<': ['小于', '<'], '<=': ['不超过', '≤'], '>': ['超过', '>'], '>=': ['不少于', '≥'] };
    const [one, other] = this.apart(left, right, this.of(left), this.of(right));
    return `${one}${this.say(words[sign][0], ` ${words[sign][1]} `)}${other}`;
  }

  private equal({ not, left, right }: Node<'equal'>): string {
    if (isNull(right) || isNull(left)) {
      const of = this.of(isNull(right) ? left : right);
      return not ? this.say(`${of}已登记`, `${of} is recorded`) : this.say(`${of}未登记`, `${of} is not recorded`);
    }
    const [one, other] = this.apart(left, right, this.operand(left, right.type), this.operand(right, left.type));
    return `${one}${not ? this.say('不为', ' is not ') : this.say('为', ' is ')}${other}`;
  }

  /** The same fact of two rows of one kind: which is which must be said. */
  private apart(left: Tree, right: Tree, one: string, other: string): [string, string] {
    if (one !== other) return [one, other];
    const whose = (tree: Tree): string =>
      [...walk(tree)].some((node) => node.op === 'name' && node.name === this.each)
        ? this.say('本项', 'this one’s ')
        : this.say('该项', 'that one’s ');
    return [`${whose(left)}${one}`, `${whose(right)}${other}`];
  }

  private operand(tree: Tree, other: Type): string {
    if (tree.op !== 'literal' || typeof tree.value !== 'string') return this.of(tree);
    const option = other.kind === 'text' ? other.options?.[tree.value] : undefined;
    return option ? this.text(option) : `“${tree.value}”`;
  }

  private options(list: Tree, item: Type): string {
    if (list.op !== 'values') return this.of(list);
    return list.items.map((one) => this.operand(one, item)).join(this.say('、', ', '));
  }

  private fold({ how, list, type }: Node<'fold'>): string {
    const timely = type.kind === 'instant';
    const of = this.of(list);
    if (how === 'sum') return this.say(`${of}的合计`, `sum of ${of}`);
    if (how === 'allOf') return this.say(`${of}全部具备的时间`, `when all of ${of} are there`);
    if (how === 'min')
      return this.say(`${of}中${timely ? '最早的' : '最小的'}`, `${timely ? 'earliest' : 'least'} of ${of}`);
    return this.say(`${of}中${timely ? '最晚的' : '最大的'}`, `${timely ? 'latest' : 'greatest'} of ${of}`);
  }

  private rows({ table, relation, of }: Node<'rows'>): string {
    const label = relation
      ? relation.label
      : table.part === null
        ? table.type.label
        : (table.type.parts[table.part]?.label ?? table.type.label);
    return this.path(of, this.text(label));
  }
}

const isNull = (tree: Tree): boolean => tree.op === 'literal' && tree.value === null;
