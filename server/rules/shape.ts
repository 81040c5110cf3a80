import { type Registry, type Table, tableOf } from '../subjects/registry.ts';
import type { RuleTree } from './analyse.ts';
import { treesOf } from './reads.ts';
import { type Tree, walk } from './tree.ts';

/** Which rows a rule follows from a subject: parts, relations and to-one facts by name, and what it follows from there. */
export interface Shape {
  [name: string]: Shape;
}

/** How deep a rule looks, its sentences included: what must be read before it can be judged in memory. */
export function shapeOf(rule: RuleTree): Shape {
  const shape: Shape = {};
  const chains = new Map<string, string[]>();
  const trees = [
    ...treesOf(rule),
    ...[...rule.says.zh, ...rule.says.en].filter((piece): piece is Tree => typeof piece !== 'string'),
  ];
  if (rule.each) chains.set(rule.each.name, stepsTo(rule.each.list, chains));
  if (rule.bound.kind === 'within' && rule.bound.extends)
    chains.set(rule.bound.extends.name, stepsTo(rule.bound.extends.list, chains));
  // the list of a variable stands before what uses it: a tree is walked from its root
  for (const tree of trees)
    for (const node of walk(tree)) {
      if ('list' in node && 'name' in node) chains.set(node.name, stepsTo(node.list, chains));
      let at = shape;
      for (const name of stepsTo(node, chains)) {
        at[name] ??= {};
        at = at[name];
      }
    }
  return shape;
}

function stepsTo(tree: Tree, chains: ReadonlyMap<string, string[]>): string[] {
  switch (tree.op) {
    case 'name':
      return chains.get(tree.name) ?? [];
    case 'fact': {
      const steps = stepsTo(tree.of, chains);
      if (tree.type.kind !== 'row') return steps;
      const isParent = tree.table.part !== null && !(tree.name in tree.table.facts);
      // a subject's own part leads back to it
      return isParent && steps.at(-1) === tree.table.part ? steps.slice(0, -1) : [...steps, tree.name];
    }
    case 'rows':
      return [...stepsTo(tree.of, chains), tree.name];
    case 'attribute':
      return stepsTo(tree.of, chains);
    case 'filter':
    case 'first':
    case 'last':
      return stepsTo(tree.list, chains);
    default:
      return [];
  }
}

export function merged(shapes: readonly Shape[]): Shape {
  const found: Shape = {};
  for (const shape of shapes)
    for (const [name, below] of Object.entries(shape)) found[name] = merged([found[name] ?? {}, below]);
  return found;
}

/** The subject with its parts and relations, what it refers to with its parts, their rows bare. */
export function wholeShape(registry: Registry, table: Table, depth = 2): Shape {
  const shape: Shape = {};
  if (depth === 0) return shape;
  for (const [name, fact] of Object.entries(table.facts))
    if (fact.kind === 'subject' && registry.find(fact.to ?? ''))
      shape[name] = wholeShape(registry, tableOf(registry.get(fact.to ?? '')), depth - 1);
  if (table.part === null)
    for (const part of Object.keys(table.type.parts))
      shape[part] = wholeShape(registry, tableOf(table.type, part), depth);
  if (depth === 2)
    for (const [name, relation] of Object.entries(table.relations))
      if (registry.find(relation.to)) shape[name] = wholeShape(registry, registry.target(relation), 1);
  return shape;
}
