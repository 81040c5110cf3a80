import type { RuleTree } from './analyse.ts';
import { type Tree, walk } from './tree.ts';
import type { Type } from './types.ts';

/** Every expression of a rule that decides a verdict or who owes; sentences only tell. */
export function treesOf(rule: RuleTree): Tree[] {
  const { bound } = rule;
  const found = [
    rule.each?.list,
    rule.when,
    rule.opens,
    rule.met,
    rule.excused,
    rule.aggravated?.if,
    rule.owes,
    rule.unit,
  ];
  if (bound.kind === 'within')
    found.push(bound.limit, bound.pauses, bound.extends?.list, bound.extends?.by, bound.extends?.if);
  else found.push(bound.kind === 'due' ? bound.at : bound.condition);
  return found.filter((tree) => tree !== null && tree !== undefined);
}

/** What a change must touch to be able to change a verdict: table.fact, link.code, person and unit columns. Sorted. */
export function readsOf(rule: RuleTree): string[] {
  const found = new Set([`${rule.table.name}.${rule.table.type.unit}`]);
  const { bound } = rule;
  if (bound.kind === 'within' && bound.pauses) intervals(bound.pauses.type, found);
  if (bound.kind === 'within' && bound.extends) facts(bound.extends.list.type, ['approvedAt'], found);
  for (const tree of treesOf(rule)) for (const node of walk(tree)) note(node, found);
  return [...found].sort();
}

function note(node: Tree, found: Set<string>): void {
  // a part never moves to another subject: stepping up to it reads nothing
  if (node.op === 'fact' && node.name in node.table.facts) found.add(`${node.table.name}.${node.name}`);
  else if (node.op === 'attribute') {
    const columns = node.name === 'qualified' ? ['kind', 'qualification'] : [node.name];
    for (const column of columns) found.add(`${node.of.type.kind}.${column}`);
  } else if (node.op === 'rows') {
    const { relation, own, table } = node;
    if (relation === null) found.add(`${table.name}.id`);
    else if (relation.kind === 'many') found.add(`${table.name}.${relation.by}`);
    else if (relation.kind === 'overlapping') found.add(`link.${relation.code}`);
    else for (const [mine, theirs] of relation.match) found.add(`${own.name}.${mine}`).add(`${table.name}.${theirs}`);
  } else if (node.op === 'coverage' || node.op === 'longestGap') {
    for (const list of [node.list, node.exempt]) if (list) intervals(list.type, found);
  } else if (node.op === 'first' || node.op === 'last') {
    const of = node.type;
    if (of.kind === 'row' && of.table.part === null) found.add(`${of.table.name}.${of.table.type.dated}`);
  }
}

const intervals = (type: Type, found: Set<string>): void => facts(type, ['startedAt', 'endedAt'], found);

function facts(type: Type, names: string[], found: Set<string>): void {
  if (type.kind === 'list' && type.of.kind === 'row')
    for (const name of names) found.add(`${type.of.table.name}.${name}`);
}
