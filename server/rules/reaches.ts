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
  const joins: string[] = [];
  // where the walk stands: its id, and the alias of its row once it is joined; a row that is referred to may not be here yet
  let at = { table, id: 's.id', alias: 's' as string | null };
  const next = (): string => `t${joins.length + 1}`;
  const row = (): string => {
    if (at.alias !== null) return at.alias;
    const alias = next();
    joins.push(`JOIN ${name(at.table.name)} ${alias} ON ${alias}.id = ${at.id}`);
    at = { ...at, alias };
    return alias;
  };
  for (const hop of hops) {
    if (hop.by === 'fact') {
      at = { table: hop.to, id: `${row()}.${factColumn(hop.from, hop.fact)}`, alias: null };
      continue;
    }
    const own = hop.by === 'relation' && hop.relation.kind === 'same' ? row() : '';
    const [alias, to] = [next(), hop.to];
    const join = `JOIN ${name(to.name)} ${alias} ON`;
    const { id } = at;
    at = { table: to, id: `${alias}.id`, alias };
    if (hop.by === 'part') joins.push(`${join} ${alias}.${name(to.key)} = ${id}`);
    else if (hop.relation.kind === 'many') joins.push(`${join} ${alias}.${factColumn(to, hop.relation.by)} = ${id}`);
    else if (hop.relation.kind === 'same') joins.push(`${join} ${matching(hop.relation, hop.from, own, to, alias)}`);
    else {
      const link = `l${joins.length + 1}`;
      joins.push(
        `JOIN link ${link} ON ${link}.relation = ${hop.relation.code} AND ${link}.own_id = ${id} ${join} ${alias}.id = ${link}.their_id`,
      );
    }
  }
  const changed = at.table.part === null ? at.id : `${row()}.${name(at.table.key)}`;
  return `SELECT DISTINCT s.id FROM ${[`${name(table.name)} s`, ...joins].join(' ')} WHERE ${changed} = ANY($1::uuid[])`;
}
