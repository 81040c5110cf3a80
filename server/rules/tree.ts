import type { LimitUnit } from '../kernel/calendar.ts';
import type { Fact, Relation } from '../subjects/define.ts';
import type { Table } from '../subjects/registry.ts';
import type { ParamDeclaration } from './rule.ts';
import type { Type } from './types.ts';

/** Where in its expression a node stands, for messages. */
export interface Range {
  start: number;
  end: number;
}

export type Ordering = '<' | '<=' | '>' | '>=';

/**
 * One tree for every back end: typed, every name resolved to its declaration, nothing that SQL and memory could read
 * differently. Semantics: rule-language.md §0.
 */
export type Tree = { type: Type; range: Range } & (
  | { op: 'literal'; value: string | number | boolean | null }
  /** A variable: the subject, the row of `each`, the element of a list. */
  | { op: 'name'; name: string }
  /** A fact of a row; of kind person, unit or subject it can be stepped through. */
  | { op: 'fact'; of: Tree; name: string; fact: Fact; table: Table }
  /** Of a person or a unit. */
  | { op: 'attribute'; of: Tree; name: string }
  | { op: 'param'; param: ParamDeclaration; key: Tree | null }
  | { op: 'not'; of: Tree }
  | { op: 'and' | 'or'; left: Tree; right: Tree }
  | { op: 'order'; sign: Ordering; left: Tree; right: Tree }
  | { op: 'equal'; not: boolean; left: Tree; right: Tree }
  | { op: 'in'; item: Tree; list: Tree }
  | { op: 'choose'; if: Tree; then: Tree; else: Tree }
  | { op: 'arithmetic'; sign: '+' | '-' | '*'; left: Tree; right: Tree }
  | { op: 'minus'; of: Tree }
  | { op: 'exists' | 'all'; list: Tree; name: string; body: Tree }
  | { op: 'size'; list: Tree }
  | { op: 'first' | 'last'; list: Tree }
  /** Over a `values` or `map` list: recorded ones only, `allOf` missing if any is missing, `sum` 0 over nothing. */
  | { op: 'fold'; how: 'min' | 'max' | 'allOf' | 'sum'; list: Tree }
  /** The lesser or greater of two numbers, missing if either is. */
  | { op: 'pair'; how: 'min' | 'max'; left: Tree; right: Tree }
  | { op: 'values'; items: Tree[] }
  /** A list of `own`: its parts, or the rows that a relation collects. */
  | { op: 'rows'; of: Tree; own: Table; name: string; table: Table; relation: Relation | null }
  | { op: 'filter'; list: Tree; name: string; body: Tree }
  | { op: 'map'; list: Tree; name: string; body: Tree }
  | { op: 'limit'; unit: LimitUnit; n: Tree }
  | { op: 'moved'; how: 'after' | 'before'; at: Tree; limit: Tree }
  | { op: 'coverage' | 'longestGap'; list: Tree; from: Tree; to: Tree; exempt: Tree | null }
  | { op: 'level'; of: Tree; ranks: readonly string[] }
  /** The local date of an instant. */
  | { op: 'date'; of: Tree }
  /** The year of a date, or of an instant in the bureau's zone. */
  | { op: 'year'; of: Tree }
);

export type Op = Tree['op'];
export type Node<O extends Op> = Extract<Tree, { op: O }>;

/** The direct parts of a node. */
export function children(tree: Tree): Tree[] {
  const found: Tree[] = [];
  for (const value of Object.values(tree)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isTree(each)) found.push(each);
  }
  return found;
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && 'op' in value && 'range' in value;

export function* walk(tree: Tree): Generator<Tree> {
  yield tree;
  for (const child of children(tree)) yield* walk(child);
}

/** The units that the leaves of a limit end in: `complex ? d(3) : h(24)` has two. */
export function unitsOf(limit: Tree): Set<LimitUnit> {
  if (limit.op === 'limit') return new Set([limit.unit]);
  if (limit.op === 'param') return new Set(limit.param.unit === '' ? [] : [limit.param.unit]);
  if (limit.op === 'choose') return new Set([...unitsOf(limit.then), ...unitsOf(limit.else)]);
  return new Set();
}

/**
 * Beyond this many a limit is a slip of the pen, and dates would leave what PostgreSQL can hold. Literals are refused,
 * computed numbers stop here, in both engines.
 */
export const mostOf = (unit: LimitUnit): number => (unit === 'mo' ? 1200 : 100_000);

/** A name for what a term reads, equal for equal paths: 'alarm.case.filedAt'. undefined where it is no path. */
export function pathOf(tree: Tree): string | undefined {
  if (tree.op === 'name') return tree.name;
  if (tree.op !== 'fact' && tree.op !== 'attribute') return undefined;
  const of = pathOf(tree.of);
  return of === undefined ? undefined : `${of}.${tree.name}`;
}

/** Equal for trees that mean the same: what they are made of, without where it stands. */
export function keyOf(tree: Tree): string {
  const parts = Object.entries(tree).map(([name, value]) => {
    if (name === 'range' || name === 'type' || name === 'fact' || name === 'relation') return '';
    if (name === 'table' || name === 'own') return (value as Table).name;
    if (name === 'param') return (value as ParamDeclaration).name;
    if (isTree(value)) return keyOf(value);
    if (Array.isArray(value))
      return `[${value.map((each) => (isTree(each) ? keyOf(each) : JSON.stringify(each))).join()}]`;
    return JSON.stringify(value);
  });
  return `(${parts.join(' ')})`;
}
