import type { Fact, Text } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import type { RuleTree } from './analyse.ts';
import { attributeLabel } from './describe.ts';
import { instantWords } from './explain-words.ts';
import type { ReadValue } from './explanation.ts';
import type { FactRow, JudgeContext, SubjectFacts } from './rule.ts';

/** More values than this tell nobody anything; the first stand for the rest. */
const most = 120;

/**
 * Lends a subject to the interpreter and notes what is taken from it: each fact once, with its label and its words. So what is told was read, and nothing else.
 */
export class Reads {
  readonly values = new Map<string, ReadValue>();
  more = 0;
  private readonly registry: Registry;
  private readonly reads: ReadonlySet<string>;
  private readonly context: JudgeContext;
  private readonly lent = new WeakMap<object, FactRow>();
  private noted: Set<string> | null = null;

  constructor(tree: RuleTree, reads: readonly string[], context: JudgeContext) {
    this.registry = tree.registry;
    this.reads = new Set(reads);
    this.context = context;
  }

  subject(table: Table, subject: SubjectFacts): SubjectFacts {
    return this.lend(subject, table, noTitle, subject.id) as SubjectFacts;
  }

  /** What `work` gave, and the keys of the values it read. */
  during<T>(work: () => T): { value: T; reads: string[] } {
    const outer = this.noted;
    const own = new Set<string>();
    this.noted = own;
    const value = work();
    this.noted = outer;
    for (const key of own) outer?.add(key);
    return { value, reads: [...own] };
  }

  /** `owner`: the id of the record that the row belongs to. */
  private lend(row: FactRow, table: Table | null, whose: Text, owner: string): FactRow {
    const known = this.lent.get(row);
    if (known) return known;
    const lent = new Proxy(row, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof name === 'symbol' || name === 'id') return value;
        return table ? this.fact(target, table, name, value, { whose, owner }) : this.attribute(target, name, value);
      },
    });
    this.lent.set(row, lent);
    return lent;
  }

  private fact(row: FactRow, table: Table, name: string, value: unknown, place: Place): unknown {
    const fact = table.facts[name];
    if (fact) {
      if (this.reads.has(`${table.name}.${name}`)) this.note(row, table, name, fact, value, place);
      return this.follow(fact, value);
    }
    if (!Array.isArray(value)) return value;
    const relation = table.relations[name];
    const isPart = table.part === null && name in table.type.parts;
    const of = isPart ? tableOf(table.type, name) : relation ? tableOf(this.registry.get(relation.to)) : null;
    if (!of) return value;
    return (value as FactRow[]).map((each, i) =>
      this.lend(
        each,
        of,
        isPart ? partTitle(of, name, i, value.length) : titleOf(of, each),
        isPart ? place.owner : String(each.id),
      ),
    );
  }

  /** Rows that a fact leads to are lent in their turn. */
  private follow(fact: Fact, value: unknown): unknown {
    if (value === null || value === undefined) return value;
    if (fact.kind === 'persons') return (value as FactRow[]).map((one) => this.lend(one, null, noTitle, ''));
    if (fact.kind === 'person' || fact.kind === 'unit') return this.lend(value as FactRow, null, noTitle, '');
    if (fact.kind !== 'subject') return value;
    const to = tableOf(this.registry.get(fact.to ?? ''));
    const row = value as FactRow;
    return this.lend(row, to, titleOf(to, row), String(row.id));
  }

  private attribute(row: FactRow, name: string, value: unknown): unknown {
    if (name === 'unit') return value ? this.lend(value as FactRow, null, noTitle, '') : value;
    const label = attributeLabel(name);
    const who = String(row['short'] ?? row['name'] ?? '');
    this.keep({
      key: `${String(row.id)}.${name}`,
      label: { zh: `${who} · ${label.zh}`, en: `${who} · ${label.en}` },
      text: value === null || value === undefined ? null : attributeWords(value),
      table: null,
      fact: name,
      record: null,
      mask: null,
      origin: null,
    });
    return value;
  }

  private note(row: FactRow, table: Table, name: string, fact: Fact, value: unknown, { whose, owner }: Place): void {
    const key = `${String(row.id)}.${name}`;
    const with_ = (language: keyof Text): string => [whose[language], fact.label[language]].filter(Boolean).join(' · ');
    this.keep({
      key,
      label: { zh: with_('zh'), en: with_('en') },
      text: factWords(fact, value, this.context),
      table: table.name,
      fact: name,
      mask: fact.mask ?? null,
      record: { type: table.type.name, id: owner },
      origin: null,
    });
  }

  private keep(value: ReadValue): void {
    if (!this.values.has(value.key)) {
      if (this.values.size >= most) {
        this.more += 1;
        return;
      }
      this.values.set(value.key, value);
    }
    this.noted?.add(value.key);
  }
}

interface Place {
  whose: Text;
  owner: string;
}

const noTitle: Text = { zh: '', en: '' };

function partTitle(table: Table, name: string, index: number, of: number): Text {
  const label = table.type.parts[name]?.label ?? table.type.label;
  return of === 1 ? label : { zh: `${label.zh}${index + 1}`, en: `${label.en} ${index + 1}` };
}

function titleOf(table: Table, row: FactRow): Text {
  const number = row[table.type.number];
  const { zh, en } = table.type.label;
  return typeof number === 'string' ? { zh: `${zh} ${number}`, en: `${en} ${number}` } : { zh, en };
}

function attributeWords(value: unknown): Text {
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  const known: Record<string, Text> = {
    police: { zh: '民警', en: 'police officer' },
    auxiliary: { zh: '辅警', en: 'auxiliary' },
    civilian: { zh: '文职', en: 'civilian' },
    urban: { zh: '城区', en: 'urban' },
    suburban: { zh: '城郊', en: 'suburban' },
    rural: { zh: '农村', en: 'rural' },
  };
  return known[String(value)] ?? { zh: String(value), en: String(value) };
}

/** A value as people write it; null where it is not recorded. */
export function factWords(fact: Fact, value: unknown, context: JudgeContext): Text | null {
  if (value === null || value === undefined) return null;
  const both = (text: string): Text => ({ zh: text, en: text });
  const option = (code: unknown): Text => fact.options?.[String(code)] ?? both(String(code));
  switch (fact.kind) {
    case 'instant':
      return instantWords(value as Date, context.zone);
    case 'choice':
      return option(value);
    case 'choices': {
      const all = (value as unknown[]).map(option);
      return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join(', ') };
    }
    case 'flag':
      return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
    case 'money':
      return { zh: `${String(value)}元`, en: `${String(value)} yuan` };
    case 'person':
    case 'unit':
    case 'subject':
      return both(nameOf(value as FactRow));
    case 'persons':
      return both((value as FactRow[]).map(nameOf).join('、'));
    default:
      return both(String(value));
  }
}

const nameOf = (row: FactRow): string => String(row['short'] ?? row['name'] ?? row['number'] ?? row.id);
