import type { Limit } from '../kernel/calendar.ts';
import type { Fact } from '../subjects/define.ts';
import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import { condition, ExpressionError } from './elaborate.ts';
import { staticLimit } from './elaborate-calls.ts';
import { didYouMean } from './errors.ts';
import { Language } from './expression.ts';
import { doubts, recordedIf } from './negation.ts';
import type { ParamDeclaration, Severity } from './rule.ts';
import type { RuleFile } from './rule-file.ts';
import { readTemplate, type Template } from './template.ts';
import { type Node, pathOf, type Tree, unitsOf, walk } from './tree.ts';
import { type Type, types, wordsOf } from './types.ts';
import type { Passage } from './yaml-source.ts';

/** A rule with every expression typed: what SQL is printed from, what is interpreted, what is written about it. */
export interface RuleTree {
  code: string;
  registry: Registry;
  /** Of the subject. */
  table: Table;
  /** Name of the subject's variable. */
  subject: string;
  /** One duty per row of this list (`name` is its variable). */
  each: { name: string; list: Node<'rows'> } | null;
  when: Tree | null;
  opens: Tree;
  bound:
    | { kind: 'within'; limit: Tree; rolls: boolean; pauses: Tree | null; extends: Extension | null }
    | { kind: 'due'; at: Tree }
    | { kind: 'require'; condition: Tree };
  /** null with `require`. */
  met: Tree | null;
  excused: Tree | null;
  aggravated: { if: Tree; severity: Severity } | null;
  severity: Severity;
  owes: Tree | null;
  /** Tried before the subject's own unit. */
  unit: Tree | null;
  warn: Limit | null;
  needs: string[];
  inForce: { from: string; to?: string };
  params: ParamDeclaration[];
  says: { zh: Template; en: Template };
  warnings: string[];
}

export interface Extension {
  /** Rows with `approvedAt`; the variable `name` stands for one in `if` and `by`. */
  list: Tree;
  name: string;
  by: Node<'limit'>;
  times: number;
  if: Tree | null;
}

/** Types everything in a rule file. Throws RuleErrors with all mistakes found. */
export function analyse(file: RuleFile, registry: Registry): RuleTree {
  const { yaml } = file;
  const type = registry.find(file.subject.text);
  if (!type) {
    yaml.wrong(
      file.subject,
      0,
      `there is no subject ${file.subject.text}${didYouMean(
        file.subject.text,
        registry.types.map((each) => each.name),
      )}`,
    );
    yaml.throwIfWrong();
    throw new Error('unreachable');
  }
  const table = tableOf(type);
  const params = file.params.map(({ declaration }) => declaration);
  const own = new Language({
    registry,
    params,
    variables: new Map<string, Type>([[type.name, { kind: 'row', table }]]),
  });

  const rows = file.each && (own.read(yaml, file.each.list, listOfSubject) as Node<'rows'> | undefined);
  const each = file.each && rows ? { name: file.each.name.text, list: rows } : null;
  if (each && own.scope.variables.has(each.name))
    yaml.wrong(file.each!.name, 0, `${each.name} already means the subject`);
  const element = each?.list.type.kind === 'list' ? each.list.type.of : types.null;
  const language = each ? own.with(each.name, element) : own;
  // after a mistake in `each` its variable would be unknown everywhere: that would bury the one that counts
  if (file.each && !each) yaml.throwIfWrong();

  const warnings: string[] = [];
  const read = (
    passage: Passage | undefined,
    check: (tree: Tree) => Tree,
    known: Iterable<string> = [],
    within = language,
  ): Tree | null => {
    if (!passage) return null;
    const tree = within.read(yaml, passage, check);
    if (!tree) return null;
    for (const doubt of doubts(tree, new Set(known))) {
      if (!doubt.mild) yaml.wrong(passage, doubt.start, doubt.message);
      else
        warnings.push(
          `${yaml.file}:${passage.at(doubt.start).line}:${passage.at(doubt.start).column} ${doubt.message}`,
        );
    }
    return tree;
  };

  const when = read(file.when, condition);
  const opens = read(file.opens, (tree) => {
    for (const node of walk(tree))
      if (node.op === 'param')
        throw new ExpressionError(node.range, 'opens cannot read a parameter: which row counts depends on it');
    return instant(tree);
  });
  // a duty exists only where `when` held and `opens` is recorded: that much is known in everything below
  const known = [...(when ? recordedIf(when, true) : []), ...(opens ? [pathOf(opens) ?? ''] : [])];
  const limit = read(file.within, staticLimit, known);
  const due = read(file.due, instant, known);
  const require = read(file.require, condition, known);
  const met = read(file.met, instant, known);
  const excused = read(file.excused, condition, known);
  const grave = file.aggravated && read(file.aggravated.if, condition, known);
  const pauses = read(file.pauses, intervalList, known);
  const stretched = file.extends && limit ? extension(file.extends, language, read, limit) : null;
  const owes = read(file.owes, debtor, known);
  const unit = read(file.unit, kind('unit'), known);
  const spoken = new Map<string, Type>([
    ['opens', types.instant],
    ['due', types.instant],
    ['met', types.instant],
    ['over', types.duration],
  ]);
  const says = {
    zh: readTemplate(yaml, file.says.zh, language, spoken),
    en: readTemplate(yaml, file.says.en, language, spoken),
  };
  yaml.throwIfWrong();

  return {
    code: file.code,
    registry,
    table,
    subject: type.name,
    each,
    when,
    opens: opens!,
    bound: limit
      ? { kind: 'within', limit, rolls: file.rolls, pauses, extends: stretched }
      : due
        ? { kind: 'due', at: due }
        : { kind: 'require', condition: require! },
    met,
    excused,
    aggravated: file.aggravated && grave ? { if: grave, severity: file.aggravated.severity } : null,
    severity: file.severity,
    owes,
    unit,
    warn: file.warn ?? null,
    needs: file.needs,
    inForce: file.inForce,
    params,
    says,
    warnings,
  };
}

const kind =
  (wanted: Type['kind']) =>
  (tree: Tree): Tree => {
    if (tree.type.kind !== wanted)
      throw new ExpressionError(tree.range, `this is ${wordsOf(tree.type)}, not ${wordsOf({ kind: wanted } as Type)}`);
    return tree;
  };
const instant = kind('instant');

/** Of several people the first named owes it. */
const debtor = (tree: Tree): Tree =>
  tree.type.kind === 'list' && tree.type.of.kind === 'person' && tree.op !== 'map' && tree.op !== 'values'
    ? { op: 'first', list: tree, type: types.person, range: tree.range }
    : kind('person')(tree);

function listOfSubject(tree: Tree): Tree {
  if (tree.op !== 'rows' || tree.of.op !== 'name')
    throw new ExpressionError(tree.range, 'each takes a list of the subject itself, like alarm.dispatches');
  return tree;
}

function intervalList(tree: Tree): Tree {
  const of = tree.type.kind === 'list' ? tree.type.of : types.null;
  if (of.kind !== 'row' || !isInstant(of.table.facts.startedAt) || !isInstant(of.table.facts.endedAt)) {
    throw new ExpressionError(tree.range, 'pauses are records with startedAt and endedAt');
  }
  return tree;
}

const isInstant = (fact: Fact | undefined): boolean => fact?.kind === 'instant';

type Read = (
  passage: Passage | undefined,
  check: (tree: Tree) => Tree,
  known?: Iterable<string>,
  within?: Language,
) => Tree | null;

function extension(
  declared: NonNullable<RuleFile['extends']>,
  language: Language,
  read: Read,
  limit: Tree,
): Extension | null {
  let name = declared.name;
  while (language.scope.variables.has(name)) name = `${name}x`;
  const list = read(declared.list, (tree) => {
    const of = tree.type.kind === 'list' ? tree.type.of : types.null;
    if (of.kind !== 'row' || !isInstant(of.table.facts.approvedAt))
      throw new ExpressionError(tree.range, 'extensions are records with approvedAt');
    return tree;
  });
  if (list?.type.kind !== 'list') return null;
  const inner = language.with(name, list.type.of);
  const units = [...unitsOf(limit)];
  const by = read(
    declared.by,
    (tree) => {
      if (tree.op !== 'limit') throw new ExpressionError(tree.range, 'an extension is like 30d or d(30)');
      if (units.length !== 1 || units[0] !== tree.unit)
        throw new ExpressionError(
          tree.range,
          `the limit is in ${units.join(' and ')}: an extension is in the same unit`,
        );
      for (const node of walk(tree))
        if (node.op === 'name' && node.name === name)
          throw new ExpressionError(node.range, 'every extension is as long as the other: by cannot depend on it');
      return tree;
    },
    [],
    inner,
  );
  const counts = read(declared.if, condition, [], inner);
  return by?.op === 'limit' ? { list, name, by, times: declared.times, if: counts } : null;
}
