import type { ASTNode } from '@marcbachmann/cel-js';
import { condition, ExpressionError, elaborate, levelRanks, rangeOf, type Scope, withVariable } from './elaborate.ts';
import { didYouMean } from './errors.ts';
import { functionNames, methodNames } from './language.ts';
import { mostOf, type Range, type Tree, unitsOf } from './tree.ts';
import { isNumber, type Type, types, wordsOf } from './types.ts';

type Call = Extract<ASTNode, { op: 'call' | 'rcall' }>;

/** Function calls and list methods; `list.size()` and `size(list)` are the same. */
export function elaborateCall(node: Call, scope: Scope): Tree {
  const range = rangeOf(node);
  const name = node.args[0];
  const args = node.op === 'call' ? node.args[1] : [node.args[1], ...node.args[2]];
  const refuse = (message: string, at: Range = range): never => {
    throw new ExpressionError(at, message);
  };
  if (name === 'has') return refuse('has() is not part of the language: compare with null');
  const known: readonly string[] = node.op === 'call' ? functionNames : methodNames;
  if (!known.includes(name)) return refuse(`there is no ${name}()${didYouMean(name, known)}`);
  if (name === 'exists' || name === 'all' || name === 'filter' || name === 'map')
    return overList(name, args, range, scope);

  const trees = args.map((each) => elaborate(each, scope));
  const [first, second, third, fourth] = trees as [Tree, Tree, Tree, Tree | undefined];
  switch (name) {
    case 'm':
    case 'h':
    case 'd':
    case 'wd':
    case 'mo':
      if (first.op === 'literal' && !(Number(first.value) >= 1)) return refuse('a limit is at least 1', first.range);
      if (first.op === 'literal' && Number(first.value) > mostOf(name))
        return refuse(`a limit is at most ${mostOf(name)}`, first.range);
      return { op: 'limit', unit: name, n: first, type: types.limit, range };
    case 'after':
    case 'before':
      return { op: 'moved', how: name, at: first, limit: second, type: types.instant, range };
    case 'earliest':
      return fold('min', first, range);
    case 'latest':
      return fold('max', first, range);
    case 'allOf':
      return fold('allOf', first, range);
    case 'min':
    case 'max':
      if (!second) return fold(name, first, range);
      return {
        op: 'pair',
        how: name,
        left: first,
        right: second,
        type: first.type.kind === second.type.kind ? first.type : types.ratio,
        range,
      };
    case 'sum':
      return fold('sum', first, range);
    case 'size':
    case 'count':
      return { op: 'size', list: stored(first), type: types.int, range };
    case 'first':
    case 'last': {
      const list = stored(first);
      const of = elementOf(list);
      if (of.kind !== 'row' && of.kind !== 'person') return refuse(`${name}() wants a list of records or people`);
      return { op: name, list, type: of, range };
    }
    case 'coverage':
    case 'longestGap':
      return {
        op: name,
        list: intervals(first),
        from: second,
        to: third,
        exempt: fourth ? intervals(fourth) : null,
        type: name === 'coverage' ? types.ratio : types.duration,
        range,
      };
    case 'date':
      return { op: 'date', of: first, type: types.date, range };
    case 'year':
      return { op: 'year', of: first, type: types.int, range };
    default: {
      const ranks = first.type.kind === 'text' && first.type.options ? Object.keys(first.type.options) : levelRanks;
      if (first.op === 'literal' && !ranks.includes(String(first.value)))
        return refuse(`no level ${first.value}${didYouMean(String(first.value), ranks)}`, first.range);
      if (first.op !== 'literal' && !(first.type.kind === 'text' && first.type.options))
        return refuse('level() wants a fact with listed values');
      return { op: 'level', of: first, ranks, type: types.int, range };
    }
  }
}

function overList(name: 'exists' | 'all' | 'filter' | 'map', args: ASTNode[], range: Range, scope: Scope): Tree {
  const [receiver, variable, body] = args;
  if (!receiver || !body || args.length !== 3)
    throw new ExpressionError(range, `${name} is written list.${name}(x, …)`);
  const list = stored(elaborate(receiver, scope));
  const of = elementOf(list);
  const inner = withVariable(scope, variable, of);
  const tree = elaborate(body, inner);
  if (name !== 'map') {
    return {
      op: name,
      list,
      name: inner.name,
      body: condition(tree),
      type: name === 'filter' ? list.type : types.bool,
      range,
    };
  }
  if (tree.type.kind === 'list') throw new ExpressionError(tree.range, 'a list of lists is not part of the language');
  return { op: 'map', list, name: inner.name, body: tree, type: { kind: 'list', of: tree.type }, range };
}

/** A list of rows, people or codes as recorded, filtered or not. */
function stored(list: Tree): Tree {
  if (list.op === 'map' || list.op === 'values')
    throw new ExpressionError(list.range, 'such a list goes into in, earliest, latest, allOf, min, max or sum only');
  if (list.type.kind !== 'list') throw new ExpressionError(list.range, `this is ${wordsOf(list.type)}, not a list`);
  return list;
}

const elementOf = (list: Tree): Type => (list.type.kind === 'list' ? list.type.of : types.null);

function intervals(list: Tree): Tree {
  const of = elementOf(stored(list));
  for (const name of ['startedAt', 'endedAt']) {
    if (of.kind !== 'row' || of.table.facts[name]?.kind !== 'instant')
      throw new ExpressionError(list.range, `intervals are records with startedAt and endedAt, not ${wordsOf(of)}`);
  }
  return list;
}

function fold(how: 'min' | 'max' | 'allOf' | 'sum', list: Tree, range: Range): Tree {
  if (list.op !== 'values' && list.op !== 'map')
    throw new ExpressionError(list.range, 'this wants values: [a, b] or list.map(x, x.fact)');
  const of = elementOf(list);
  if (how === 'sum' && !['int', 'money', 'duration'].includes(of.kind))
    throw new ExpressionError(list.range, `${wordsOf(of)} is not summed: the order would change the last digit`);
  if (how !== 'sum' && of.kind !== 'instant' && !isNumber(of))
    throw new ExpressionError(list.range, `${wordsOf(of)} has no least and greatest here`);
  return { op: 'fold', how, list, type: of, range };
}

/** A limit has its unit in the text: every branch ends in m(), h(), d(), wd(), mo() or a parameter. */
export function staticLimit(tree: Tree): Tree {
  if (tree.type.kind !== 'limit')
    throw new ExpressionError(tree.range, `this is ${wordsOf(tree.type)}, not a limit like 24h or d(3)`);
  if (unitsOf(tree).size === 0)
    throw new ExpressionError(tree.range, 'a limit is m(), h(), d(), wd(), mo() or a parameter');
  return tree;
}
