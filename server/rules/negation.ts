import { children, pathOf, type Tree } from './tree.ts';

/** An ordering whose outcome under a negation hangs on a fact that may be missing. */
export interface Doubt {
  start: number;
  message: string;
  /** The second branch of a ternary is what the law means by "else": worth a look, no mistake. */
  mild: boolean;
}

type Known = ReadonlySet<string>;

/**
 * Rule 5 of the semantics: `!(a > b)` is true when a is missing, which authors seldom mean. Finds the orderings below a
 * negation over facts that nobody tested `!= null` before; `known` are paths that are recorded for certain.
 */
export function doubts(tree: Tree, known: Known = new Set()): Doubt[] {
  const found: Doubt[] = [];
  look(tree, known, 'none', found);
  return found;
}

type Under = 'none' | 'not' | 'choice';

function look(tree: Tree, known: Known, under: Under, found: Doubt[]): void {
  switch (tree.op) {
    case 'not':
      look(tree.of, known, 'not', found);
      return;
    case 'and':
      look(tree.left, known, under, found);
      look(tree.right, new Set([...known, ...recordedIf(tree.left, true)]), under, found);
      return;
    case 'or':
      look(tree.left, known, under, found);
      look(tree.right, new Set([...known, ...recordedIf(tree.left, false)]), under, found);
      return;
    case 'choose':
      // `c ? x : null` is how a condition is met at an instant: nothing else could be meant
      look(tree.if, known, under === 'not' || tree.else.type.kind === 'null' ? under : 'choice', found);
      look(tree.then, new Set([...known, ...recordedIf(tree.if, true)]), under, found);
      look(tree.else, new Set([...known, ...recordedIf(tree.if, false)]), under, found);
      return;
    case 'all':
      // "every one is in time" fails on a missing one, as it should: all is no negation here
      look(tree.body, known, under, found);
      look(tree.list, known, under, found);
      return;
    case 'equal':
      for (const side of [tree.left, tree.right]) look(side, known, side.type.kind === 'bool' ? 'not' : under, found);
      return;
    case 'order': {
      const open = [tree.left, tree.right].map((side) => missing(side, known)).find((name) => name !== undefined);
      if (under === 'none' || open === undefined) break;
      found.push({
        start: tree.range.start,
        mild: under === 'choice',
        message:
          under === 'choice'
            ? `${open} may be missing, and the second branch is then taken`
            : `${open} may be missing, and this comparison is then false under a negation: say what a missing fact means, write the opposite comparison or test ${open} != null before`,
      });
      return;
    }
    default:
  }
  for (const child of children(tree)) look(child, known, under, found);
}

/** Paths that are recorded when the condition has this outcome. */
export function recordedIf(tree: Tree, outcome: boolean): string[] {
  if (tree.op === 'not') return recordedIf(tree.of, !outcome);
  if (tree.op === 'and' && outcome) return [...recordedIf(tree.left, true), ...recordedIf(tree.right, true)];
  if (tree.op === 'or' && !outcome) return [...recordedIf(tree.left, false), ...recordedIf(tree.right, false)];
  if (tree.op === 'equal' && tree.right.type.kind === 'null' && tree.not === outcome) return [pathOf(tree.left) ?? ''];
  if (tree.op === 'order' && outcome) return [tree.left, tree.right].flatMap((side) => pathOf(side) ?? []);
  // equal to a literal, or in a list, is recorded
  if (tree.op === 'equal' && tree.right.op === 'literal' && tree.right.value !== null && tree.not !== outcome)
    return [pathOf(tree.left) ?? ''];
  if (tree.op === 'in' && outcome) return [pathOf(tree.item) ?? ''];
  return [];
}

/** The name of something in the term that may be missing. */
function missing(tree: Tree, known: Known): string | undefined {
  const path = pathOf(tree);
  if (path !== undefined) return known.has(path) || tree.op === 'name' ? undefined : path;
  switch (tree.op) {
    case 'literal':
    case 'size':
      return undefined;
    case 'fold':
      if (tree.how === 'sum') return undefined;
      if (tree.list.op === 'values') {
        const open = tree.list.items.map((each) => missing(each, known));
        return tree.how === 'allOf'
          ? open.find((name) => name !== undefined)
          : open.every((name) => name !== undefined)
            ? open[0]
            : undefined;
      }
      return 'the list';
    case 'coverage':
    case 'longestGap':
      return missing(tree.from, known) ?? missing(tree.to, known);
    case 'first':
    case 'last':
    case 'fact':
    case 'attribute':
      return 'the record';
    case 'param':
      return `params.${tree.param.name}`;
    case 'choose':
      return (
        missing(tree.then, new Set([...known, ...recordedIf(tree.if, true)])) ??
        missing(tree.else, new Set([...known, ...recordedIf(tree.if, false)]))
      );
    default:
      for (const child of children(tree)) {
        const open = missing(child, known);
        if (open !== undefined) return open;
      }
      return undefined;
  }
}
