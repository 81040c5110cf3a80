import type { Relation } from '../subjects/define.ts';
import type { Table } from '../subjects/registry.ts';
import type { RuleTree } from './analyse.ts';
import { factColumn, matching } from './print-rows.ts';
import { treesOf } from './reads.ts';
import { name } from './sql-text.ts';
import { type Tree, walk } from './tree.ts';

/** From a changed subject back to the subjects that a rule judges by what lies beyond it. */
export interface Reach {
  /** The type of the subject in between. */
  type: string;
  /** SELECT id of the subjects of the rule; $1 uuid[] of changed subjects of `type`. */
  sql: string;
}

type Hop = { to: Table } & (
  | { by: 'fact'; fact: string; from: Table }
  | { by: 'part' }
  | { by: 'relation'; relation: Relation; from: Table }
);

/**
 * Whoever changes a subject says so of its neighbours too (record.ts), and that is enough for rules that look one
 * subject far. A rule that looks further (`item.case.alarms`) is judged when what lies in between was named: these are
 * the ways back. Empty for most rules.
 */
export function reachesOf(rule: RuleTree): Reach[] {
  const chains = new Map<string, Hop[]>();
  if (rule.each) chains.set(rule.each.name, [...hopsTo(rule.each.list, chains)]);
  const found = new Map<string, Reach>();
  const trees = treesOf(rule);
  // a list's variable may be used before its list is met again in another expression: names first
  for (const tree of trees)
    for (const node of walk(tree))
      if ('list' in node && 'name' in node) chains.set(node.name, hopsTo(node.list, chains));
  if (rule.bound.kind === 'within' && rule.bound.extends)
    chains.set(rule.bound.extends.name, hopsTo(rule.bound.extends.list, chains));
  for (const tree of trees) {
    for (const node of walk(tree)) {
      const hops = hopsTo(node, chains);
      const far = hops.flatMap((hop, i) => (hop.by === 'part' ? [] : [i]));
      for (const i of far.slice(0, -1)) {
        const sql = back(rule.table, hops.slice(0, i + 1));
        found.set(sql, { type: hops[i]!.to.type.name, sql });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.sql < b.sql ? -1 : 1));
}

/** The steps from the rule's subject to the rows that a tree leads to. */
function hopsTo(tree: Tree, chains: ReadonlyMap<string, Hop[]>): Hop[] {
  switch (tree.op) {
    case 'name':
      return chains.get(tree.name) ?? [];
    case 'fact':
      return tree.type.kind === 'row'
        ? [...hopsTo(tree.of, chains), { by: 'fact', fact: tree.name, from: tree.table, to: tree.type.table }]
        : hopsTo(tree.of, chains);
    case 'attribute':
      return hopsTo(tree.of, chains);
    case 'rows':
      return [
        ...hopsTo(tree.of, chains),
        tree.relation === null
          ? { by: 'part', to: tree.table }
          : { by: 'relation', relation: tree.relation, from: tree.own, to: tree.table },
      ];
    case 'filter':
    case 'first':
    case 'last':
      return hopsTo(tree.list, chains);
    default:
      return [];
  }
}

function back(table: Table, hops: readonly Hop[]): string {
  let last = 's';
  const joins = hops.map((hop, i) => {
    const [own, alias] = [last, `t${i + 1}`];
    last = alias;
    const join = `JOIN ${name(hop.to.name)} ${alias} ON`;
    if (hop.by === 'fact') return `${join} ${alias}.id = ${own}.${factColumn(hop.from, hop.fact)}`;
    if (hop.by === 'part') return `${join} ${alias}.${name(hop.to.key)} = ${own}.id`;
    const { relation } = hop;
    if (relation.kind === 'many') return `${join} ${alias}.${factColumn(hop.to, relation.by)} = ${own}.id`;
    if (relation.kind === 'same') return `${join} ${matching(relation, hop.from, own, hop.to, alias)}`;
    return `JOIN link l${i + 1} ON l${i + 1}.relation = ${relation.code} AND l${i + 1}.own_id = ${own}.id ${join} ${alias}.id = l${i + 1}.their_id`;
  });
  const to = hops.at(-1)?.to ?? table;
  return `SELECT DISTINCT s.id FROM ${name(table.name)} s ${joins.join(' ')} WHERE ${last}.${to.key === 'id' ? to.key : name(to.key)} = ANY($1::uuid[])`;
}
