import { isScalar, type Node } from 'yaml';
import { dayOf, type Limit, limitOf } from '../kernel/calendar.ts';
import type { Text } from '../subjects/define.ts';
import { feeds } from './feed-codes.ts';
import {
  type Basis,
  type Example,
  type ParamDeclaration,
  type Severity,
  type SeverityName,
  severities,
} from './rule.ts';
import { type Passage, part, YamlSource } from './yaml-source.ts';

/** A rule file as read, before its expressions are typed. */
export interface RuleFile {
  yaml: YamlSource;
  code: string;
  version: number;
  /** How a bureau that takes the catalogue as it is runs it: `trial` where it would flood people, with the reason in `note`. */
  status: 'enacted' | 'trial';
  title: Text;
  subject: Passage;
  each?: { name: Passage; list: Passage };
  when?: Passage;
  opens: Passage;
  within?: Passage;
  due?: Passage;
  require?: Passage;
  met?: Passage;
  excused?: Passage;
  pauses?: Passage;
  extends?: { name: string; list: Passage; by: Passage; times: number; if?: Passage };
  rolls: boolean;
  params: { declaration: ParamDeclaration; node: Node }[];
  warn?: Limit;
  owes?: Passage;
  unit?: Passage;
  needs: string[];
  severity: Severity;
  aggravated?: { if: Passage; severity: Severity };
  absorbs: string[];
  inForce: { from: string; to?: string };
  basis: Basis[];
  says: { zh: Passage; en: Passage };
  note?: string;
  examples: Example[];
}

/** A text to be compiled. */
export interface RuleSource {
  file: string;
  text: string;
  /** The code under which it stands here, where that is not its own: tried beside the version in force. */
  as?: string;
}

/** Every key of a rule file, in the order in which people write them. */
export const ruleKeys = [
  'id',
  'version',
  'title',
  'subject',
  'each',
  'when',
  'opens',
  'within',
  'due',
  'require',
  'met',
  'excused',
  'pauses',
  'extends',
  'rolls',
  'params',
  'warn',
  'owes',
  'unit',
  'needs',
  'severity',
  'aggravated',
  'absorbs',
  'in_force',
  'basis',
  'says',
  'note',
  'status',
  'examples',
] as const;

export const ruleCode = /^[A-Z]{3}-\d\d[a-z]?$/;
const plainLimit = /^(\d+)(m|h|d|wd|mo)$/;

/** Reads a rule file. Throws RuleErrors when it is not a rule at all; mistakes of single keys are left in `yaml.errors`. */
export function readRuleFile(source: RuleSource): RuleFile {
  const yaml = new YamlSource(source);
  yaml.throwIfWrong();
  const keys = yaml.entries(yaml.root, ruleKeys);
  const optional = <Key extends string>(key: Key & (typeof ruleKeys)[number]): Partial<Record<Key, Passage>> => {
    const passage = yaml.passage(keys.get(key), key);
    return (passage ? { [key]: key === 'within' ? unrolledLimit(passage) : passage } : {}) as Partial<
      Record<Key, Passage>
    >;
  };
  const need = (key: (typeof ruleKeys)[number]): Node | undefined => {
    if (!keys.has(key)) yaml.report(0, `the key ${key} is missing`);
    return keys.get(key);
  };

  const code = yaml.passage(need('id'), 'id');
  if (code && !ruleCode.test(code.text)) yaml.wrong(code, 0, 'an id is like ALM-03 or ALM-04a');
  const version = yaml.number(keys.get('version'), 'version') ?? 1;
  if (!Number.isInteger(version) || version < 1) yaml.complain(keys.get('version'), 'a version is 1, 2, 3 …');
  const opens = yaml.passage(need('opens'), 'opens');
  const subject = yaml.passage(need('subject'), 'subject');
  const bounds = (['within', 'due', 'require'] as const).filter((key) => keys.has(key));
  if (bounds.length !== 1) yaml.complain(keys.get(bounds[1] ?? 'opens'), 'a rule has one of within, due and require');
  if (keys.has('require') === keys.has('met')) {
    yaml.complain(
      keys.get('met') ?? keys.get('opens'),
      keys.has('met') ? 'met does not go with require' : 'the key met is missing',
    );
  }
  for (const key of ['pauses', 'extends', 'rolls'] as const) {
    if (keys.has(key) && !keys.has('within')) yaml.complain(keys.get(key), `${key} goes with within only`);
  }
  const severity = yaml.word(need('severity'), 'severity', names);
  const says = yaml.map(need('says'), 'says');
  const sentences = yaml.entries(says, ['zh', 'en']);
  const needs = list(yaml, keys.get('needs'), 'needs');
  for (const node of yaml.list(keys.get('needs'), 'needs')) yaml.word(node, 'a feed', Object.keys(feeds));
  const each = eachOf(yaml, keys.get('each'));
  const stretched = extension(yaml, keys.get('extends'));
  const aggravated = aggravation(yaml, keys.get('aggravated'));
  const warn = limit(yaml, keys.get('warn'));
  const note = yaml.passage(keys.get('note'), 'note');
  const empty: Passage = { text: '', at: () => ({ line: 1, column: 1 }) };

  const file: RuleFile = {
    yaml,
    code: source.as ?? code?.text ?? '',
    version,
    status: yaml.word(keys.get('status'), 'status', ['enacted', 'trial']) ?? 'enacted',
    title: text(yaml, need('title'), 'title'),
    subject: subject ?? empty,
    ...(each && { each }),
    ...optional('when'),
    opens: opens ?? empty,
    ...optional('within'),
    ...optional('due'),
    ...optional('require'),
    ...optional('met'),
    ...optional('excused'),
    ...optional('pauses'),
    ...(stretched && { extends: stretched }),
    rolls: flag(yaml, keys.get('rolls'), true),
    params: params(yaml, keys.get('params')),
    ...(warn && { warn }),
    ...optional('owes'),
    ...optional('unit'),
    needs,
    severity: severities[severity ?? 'ordinary'],
    ...(aggravated && { aggravated }),
    absorbs: list(yaml, keys.get('absorbs'), 'absorbs'),
    inForce: inForce(yaml, need('in_force')),
    basis: basis(yaml, need('basis')),
    says: {
      zh: yaml.passage(sentences.get('zh'), 'says.zh') ?? empty,
      en: yaml.passage(sentences.get('en'), 'says.en') ?? empty,
    },
    ...(note && { note: note.text }),
    examples: examples(yaml, keys.get('examples')),
  };
  if (!opens || !subject || !code) yaml.throwIfWrong();
  return file;
}

const names = Object.keys(severities) as SeverityName[];

/** `24h` is short for `h(24)`; a mistake in it stands where it begins. */
function unrolledLimit(passage: Passage): Passage {
  const plain = plainLimit.exec(passage.text);
  return plain ? { text: `${plain[2]}(${plain[1]})`, at: () => passage.at(0) } : passage;
}

function text(yaml: YamlSource, node: Node | undefined, what: string): Text {
  const found = yaml.entries(yaml.map(node, what), ['zh', 'en']);
  for (const language of ['zh', 'en'])
    if (node && !found.has(language)) yaml.complain(node, `${what}.${language} is missing`);
  return {
    zh: yaml.passage(found.get('zh'), `${what}.zh`)?.text ?? '',
    en: yaml.passage(found.get('en'), `${what}.en`)?.text ?? '',
  };
}

function flag(yaml: YamlSource, node: Node | undefined, otherwise: boolean): boolean {
  if (node === undefined) return otherwise;
  if (isScalar(node) && typeof node.value === 'boolean') return node.value;
  yaml.complain(node, 'true or false');
  return otherwise;
}

function list(yaml: YamlSource, node: Node | undefined, what: string): string[] {
  return yaml.list(node, what).flatMap((each) => yaml.passage(each, what)?.text ?? []);
}

function limit(yaml: YamlSource, node: Node | undefined): Limit | undefined {
  const passage = yaml.passage(node, 'warn');
  if (!passage) return undefined;
  if (plainLimit.test(passage.text) && !/^0+\D/.test(passage.text)) return limitOf(passage.text);
  yaml.wrong(passage, 0, 'a limit is like 15m, 24h, 30d, 5wd or 6mo, and at least 1');
  return undefined;
}

const inList = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s+in\s+(?=\S)/;

function eachOf(yaml: YamlSource, node: Node | undefined): RuleFile['each'] {
  const passage = yaml.passage(node, 'each');
  if (!passage) return undefined;
  const found = inList.exec(passage.text);
  if (!found) {
    yaml.wrong(passage, 0, 'each is like: d in alarm.dispatches');
    return undefined;
  }
  const from = passage.text.indexOf(found[1]!);
  return { name: part(passage, from, from + found[1]!.length), list: part(passage, found[0].length) };
}

function extension(yaml: YamlSource, node: Node | undefined): RuleFile['extends'] {
  const keys = yaml.entries(yaml.map(node, 'extends'), ['with', 'by', 'times', 'if']);
  const [whole, by] = [yaml.passage(keys.get('with'), 'with'), yaml.passage(keys.get('by'), 'by')];
  const times = yaml.number(keys.get('times'), 'times') ?? 1;
  if (node && (!whole || !by)) yaml.complain(node, 'extends holds with, by, times and if');
  if (!whole || !by) return undefined;
  if (![1, 2, 3].includes(times)) yaml.complain(keys.get('times'), 'times is 1, 2 or 3');
  const named = inList.exec(whole.text);
  const condition = yaml.passage(keys.get('if'), 'if');
  return {
    name: named?.[1] ?? 'x',
    list: named ? part(whole, named[0].length) : whole,
    by: unrolledLimit(by),
    times: Math.min(Math.max(Math.trunc(times), 1), 3),
    ...(condition && { if: condition }),
  };
}

function aggravation(yaml: YamlSource, node: Node | undefined): RuleFile['aggravated'] {
  const passage = yaml.passage(node, 'aggravated');
  if (!passage) return undefined;
  const arrow = passage.text.lastIndexOf('->');
  const name = passage.text.slice(arrow + 2).trim();
  if (arrow < 0 || !names.includes(name as SeverityName)) {
    yaml.wrong(passage, Math.max(arrow, 0), 'aggravated is like: case.enterprise -> serious');
    return undefined;
  }
  return { if: part(passage, 0, arrow), severity: severities[name as SeverityName] };
}

/** `8m` a limit, `{ urban: 8m }` a limit by key, `2` a number, `0.95` a ratio, `500 yuan` money; `0.0`-like stays a ratio. */
function params(yaml: YamlSource, node: Node | undefined): RuleFile['params'] {
  return [...yaml.entries(yaml.map(node, 'params'))].flatMap(([name, value]) => {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) yaml.complain(value, `${name} is no name of a parameter`);
    const keyed = isScalar(value) ? new Map([['', value as Node]]) : yaml.entries(yaml.map(value, `params.${name}`));
    const amounts = [...keyed].flatMap(([key, each]) => {
      const amount = amountOf(each);
      if (!amount) yaml.complain(each, 'a parameter is like 8m, 24h, 2, 0.95 or 500 yuan');
      return amount ? [{ key, ...amount }] : [];
    });
    const [first] = amounts;
    if (!first) return [];
    const kind = amounts.some((a) => a.kind === 'ratio') && first.kind === 'int' ? 'ratio' : first.kind;
    if (amounts.some((a) => a.unit !== first.unit || (a.kind !== kind && !(kind === 'ratio' && a.kind === 'int')))) {
      yaml.complain(value, `the values of ${name} are of one kind and unit`);
    }
    return [
      {
        node: value,
        declaration: { name, kind, unit: first.unit, values: amounts.map(({ key, amount }) => ({ key, amount })) },
      },
    ];
  });
}

function amountOf(node: Node): (Pick<ParamDeclaration, 'kind' | 'unit'> & { amount: number }) | undefined {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number') {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return undefined;
    const decimal = !Number.isInteger(value) || (isScalar(node) && /\./.test(String(node.source ?? '')));
    return { kind: decimal ? 'ratio' : 'int', unit: '', amount: value };
  }
  if (typeof value !== 'string') return undefined;
  const money = /^(\d{1,13}(?:\.\d{1,2})?) ?(?:yuan|元)$/.exec(value);
  if (money) return { kind: 'money', unit: '', amount: Number(money[1]) };
  if (!plainLimit.test(value) || /^0+\D/.test(value)) return undefined;
  const { n, unit } = limitOf(value);
  return { kind: 'limit', unit, amount: n };
}

function inForce(yaml: YamlSource, node: Node | undefined): RuleFile['inForce'] {
  const keys = yaml.entries(yaml.map(node, 'in_force'), ['from', 'to']);
  const date = (key: string): string | undefined => {
    const passage = yaml.passage(keys.get(key), key);
    if (!passage) return undefined;
    try {
      dayOf(passage.text);
      return passage.text;
    } catch {
      yaml.wrong(passage, 0, "a date is like '2026-01-01'");
      return undefined;
    }
  };
  const [from, to] = [date('from'), date('to')];
  if (node && !from && !keys.has('from')) yaml.complain(node, 'in_force.from is missing');
  if (from && to && to <= from) yaml.complain(node, 'in_force ends before it begins');
  return { from: from ?? '2000-01-01', ...(to && { to }) };
}

function basis(yaml: YamlSource, node: Node | undefined): Basis[] {
  const found = yaml.list(node, 'basis').map((each) => {
    const keys = yaml.entries(yaml.map(each, 'basis'), ['document', 'number', 'article', 'quote', 'status']);
    const of = (key: string): string | undefined => yaml.passage(keys.get(key), key)?.text;
    const [number, article, quote] = [of('number'), of('article'), of('quote')];
    if (!keys.has('document')) yaml.complain(each, 'basis.document is missing');
    return {
      document: of('document') ?? '',
      ...(number && { number }),
      ...(article && { article }),
      ...(quote && { quote }),
      status: of('status') ?? 'unconfirmed',
    };
  });
  if (node && found.length === 0) yaml.complain(node, 'a rule names its basis');
  return found;
}

function examples(yaml: YamlSource, node: Node | undefined): Example[] {
  return yaml.list(node, 'examples').flatMap((each) => {
    const keys = yaml.entries(yaml.map(each, 'examples'), ['it', 'given', 'now', 'down', 'gives']);
    const given = yaml.map(keys.get('given'), 'given');
    const down = yaml.map(keys.get('down'), 'down');
    const [it, now] = [yaml.passage(keys.get('it'), 'it'), yaml.passage(keys.get('now'), 'now')];
    if (!it || !given || !keys.has('gives')) {
      yaml.complain(each, 'an example has it, given and gives');
      return [];
    }
    return [
      {
        it: it.text,
        given: given.toJSON() as Record<string, unknown>,
        ...(now && { now: now.text }),
        ...(down && { down: down.toJSON() as Record<string, [string, string]> }),
        gives: (keys.get('gives') as { toJSON(): unknown }).toJSON(),
      },
    ];
  });
}
