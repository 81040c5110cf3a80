import type { ASTNode } from '@marcbachmann/cel-js';
import { approverLevels } from '../subjects/levels.ts';
import { type Registry, tableOf } from '../subjects/registry.ts';
import { elaborateCall } from './elaborate-calls.ts';
import { didYouMean } from './errors.ts';
import { fieldsOf, isKeyed, paramType, parentFact } from './language.ts';
import type { ParamDeclaration } from './rule.ts';
import { type Range, type Tree, unitsOf } from './tree.ts';
import { isNumber, personAttributes, type Type, types, unitAttributes, wordsOf } from './types.ts';

/** A mistake in an expression; `start` is an offset in it. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
  readonly start: number;
  constructor(range: Range, message: string) {
    super(message);
    this.start = range.start;
  }
}

/** What an expression may name. */
export interface Scope {
  registry: Registry;
  variables: ReadonlyMap<string, Type>;
  params: readonly ParamDeclaration[];
}

export const rangeOf = ({ start, end }: ASTNode): Range => ({ start, end });

/** Scope with one more variable. A name has one meaning in a rule: shadowing is refused. */
export function withVariable(scope: Scope, node: ASTNode | undefined, type: Type): Scope & { name: string } {
  if (node?.op !== 'id')
    throw new ExpressionError(node ? rangeOf(node) : { start: 0, end: 0 }, 'this wants a plain name');
  if (scope.variables.has(node.args) || node.args === 'params')
    throw new ExpressionError(rangeOf(node), `${node.args} already means something here: choose another name`);
  return { ...scope, variables: new Map([...scope.variables, [node.args, type]]), name: node.args };
}

/**
 * A checked CEL tree as ours: a whitelist of nodes, names resolved to declarations, codes compared with the options of
 * their fact. Throws ExpressionError.
 */
export function elaborate(node: ASTNode, scope: Scope): Tree {
  const range = rangeOf(node);
  const refuse = (message: string): never => {
    throw new ExpressionError(range, message);
  };
  switch (node.op) {
    case 'value':
      return literal(node.args, range);
    case 'id': {
      const type = scope.variables.get(node.args);
      if (node.args === 'params') return refuse('params is read by name: params.limit');
      return type
        ? { op: 'name', name: node.args, type, range }
        : refuse(`unknown name ${node.args}${didYouMean(node.args, scope.variables.keys())}`);
    }
    case '.':
      return node.args[0].op === 'id' && node.args[0].args === 'params'
        ? param(node.args[1], null, range, scope)
        : field(elaborate(node.args[0], scope), node.args[1], range, scope);
    case '[]':
      return indexed(node.args[0], node.args[1], range, scope);
    case '!_':
      return { op: 'not', of: condition(elaborate(node.args, scope)), type: types.bool, range };
    case '-_': {
      const of = elaborate(node.args, scope);
      if (of.op === 'literal' && typeof of.value === 'number') return { ...of, value: -of.value, range };
      return { op: 'minus', of, type: of.type, range };
    }
    case '&&':
    case '||':
      return {
        op: node.op === '&&' ? 'and' : 'or',
        left: condition(elaborate(node.args[0], scope)),
        right: condition(elaborate(node.args[1], scope)),
        type: types.bool,
        range,
      };
    case '?:': {
      const [test, then, otherwise] = node.args.map((each) => elaborate(each, scope)) as [Tree, Tree, Tree];
      return { op: 'choose', if: condition(test), then, else: otherwise, type: joined(then, otherwise), range };
    }
    case '==':
    case '!=':
      return equality(node.op === '!=', elaborate(node.args[0], scope), elaborate(node.args[1], scope), range);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = [elaborate(node.args[0], scope), elaborate(node.args[1], scope)];
      ordered(left, right, range);
      return { op: 'order', sign: node.op, left, right, type: types.bool, range };
    }
    case 'in': {
      const [item, list] = [elaborate(node.args[0], scope), elaborate(node.args[1], scope)];
      if (list.type.kind !== 'list') return refuse(`in wants a list, not ${wordsOf(list.type)}`);
      if (list.op === 'map') return refuse('a mapped list goes into earliest, latest, allOf, min, max or sum only');
      if (list.op === 'values') for (const each of list.items) comparable(item, each, each.range);
      else comparable(item, { ...list, type: list.type.of }, range);
      return { op: 'in', item, list, type: types.bool, range };
    }
    case '+':
    case '-':
    case '*': {
      const [left, right] = [elaborate(node.args[0], scope), elaborate(node.args[1], scope)];
      return {
        op: 'arithmetic',
        sign: node.op,
        left,
        right,
        type:
          arithmetic(node.op, left.type, right.type) ??
          refuse(`${wordsOf(left.type)} ${node.op} ${wordsOf(right.type)} means nothing here`),
        range,
      };
    }
    case 'list': {
      const items = node.args.map((each) => elaborate(each, scope));
      const [first] = items;
      if (!first) return refuse('this list is empty');
      for (const each of items.slice(1))
        if (each.type.kind !== first.type.kind)
          throw new ExpressionError(
            each.range,
            `a list holds one kind: ${wordsOf(first.type)}, not ${wordsOf(each.type)}`,
          );
      return { op: 'values', items, type: { kind: 'list', of: first.type }, range };
    }
    case 'call':
    case 'rcall':
      return elaborateCall(node, scope);
    default:
      return refuse(`${node.op} is not part of the rule language`);
  }
}

function literal(value: unknown, range: Range): Tree {
  if (value === null) return { op: 'literal', value, type: types.null, range };
  if (typeof value === 'boolean') return { op: 'literal', value, type: types.bool, range };
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new ExpressionError(range, 'a text cannot hold NUL');
    return { op: 'literal', value, type: types.text, range };
  }
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!(Math.abs(number) <= Number.MAX_SAFE_INTEGER))
    throw new ExpressionError(range, 'a number is at most 9007199254740991');
  if (typeof value === 'number' && !/^-?\d+(\.\d+)?$/.test(String(number)))
    throw new ExpressionError(range, 'write this number with fewer digits');
  return { op: 'literal', value: number, type: typeof value === 'bigint' ? types.int : types.ratio, range };
}

function field(of: Tree, name: string, range: Range, scope: Scope): Tree {
  const refuse = (known: Iterable<string>): never => {
    throw new ExpressionError(
      { start: range.end - name.length, end: range.end },
      `${wordsOf(of.type)} has no ${name}${didYouMean(name, known)}`,
    );
  };
  if (of.op === 'choose')
    throw new ExpressionError(range, 'choose between facts, not between records: a ? x.fact : y.fact');
  if (of.type.kind === 'person' || of.type.kind === 'unit') {
    const attributes = of.type.kind === 'person' ? personAttributes : unitAttributes;
    const type = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return type ? { op: 'attribute', of, name, type, range } : refuse(Object.keys(attributes));
  }
  if (of.type.kind !== 'row') throw new ExpressionError(range, `${wordsOf(of.type)} has no ${name}`);
  const table = of.type.table;
  const fields = fieldsOf(scope.registry, table);
  const type = fields.get(name);
  if (!type) return refuse(fields.keys());
  const fact = Object.hasOwn(table.facts, name)
    ? table.facts[name]
    : name === table.type.name
      ? parentFact(table)
      : undefined;
  if (fact) return { op: 'fact', of, name, fact, table, type, range };
  const relation = Object.hasOwn(table.relations, name) ? table.relations[name] : undefined;
  const target = relation ? scope.registry.target(relation) : tableOf(table.type, name);
  return { op: 'rows', of, own: table, name, table: target, relation: relation ?? null, type, range };
}

function param(name: string, key: Tree | null, range: Range, scope: Scope): Tree {
  const found = scope.params.find((each) => each.name === name);
  if (!found)
    throw new ExpressionError(
      range,
      `params has no ${name}${didYouMean(
        name,
        scope.params.map((p) => p.name),
      )}`,
    );
  if (isKeyed(found) && !key) throw new ExpressionError(range, `params.${name} wants a key: params.${name}[…]`);
  if (!isKeyed(found) && key) throw new ExpressionError(range, `params.${name} has no keys`);
  if (key?.type.kind === 'text') {
    const known = found.values.map((each) => each.key);
    if (key.op === 'literal' && !known.includes(String(key.value)))
      throw new ExpressionError(key.range, `params.${name} has no ${key.value}${didYouMean(String(key.value), known)}`);
    const options = 'options' in key.type ? Object.keys(key.type.options ?? {}) : [];
    const stray = options.length > 0 ? known.find((each) => !options.includes(each)) : undefined;
    if (stray !== undefined)
      throw new ExpressionError(
        key.range,
        `params.${name} has the key ${stray}, which this fact never takes${didYouMean(stray, options)}`,
      );
  }
  return { op: 'param', param: found, key, type: paramType(found), range };
}

function indexed(of: ASTNode, key: ASTNode, range: Range, scope: Scope): Tree {
  if (of.op === '.' && of.args[0].op === 'id' && of.args[0].args === 'params')
    return param(of.args[1], elaborate(key, scope), range, scope);
  throw new ExpressionError(range, 'only params are read by key; of a list take first(), last() or filter()');
}

/** A condition is a boolean; a missing one counts as false. */
export function condition(tree: Tree): Tree {
  if (tree.type.kind !== 'bool')
    throw new ExpressionError(tree.range, `this is ${wordsOf(tree.type)}, not a condition`);
  return tree;
}

function joined(then: Tree, otherwise: Tree): Type {
  if (then.type.kind === 'null' && otherwise.type.kind === 'null')
    throw new ExpressionError(then.range, 'both branches are null');
  if (then.type.kind === 'null') return otherwise.type;
  if (isNumber(then.type) && isNumber(otherwise.type))
    return then.type.kind === otherwise.type.kind ? then.type : types.ratio;
  if (then.type.kind === 'text') return types.text;
  if (then.type.kind === 'list' || then.type.kind === 'row')
    throw new ExpressionError(then.range, `${wordsOf(then.type)} cannot be chosen`);
  return then.type;
}

function equality(not: boolean, left: Tree, right: Tree, range: Range): Tree {
  if (left.type.kind === 'list' || right.type.kind === 'list')
    throw new ExpressionError(range, 'lists are not compared; use size(), exists() or all()');
  if (left.type.kind === 'null' && right.type.kind !== 'null') return equality(not, right, left, range);
  if (right.type.kind !== 'null') comparable(left, right, range);
  else if (left.type.kind === 'null' || left.op === 'literal')
    throw new ExpressionError(range, 'this is always the same');
  return { op: 'equal', not, left, right, type: types.bool, range };
}

/** Both of one kind, and a literal that the fact on the other side can take. */
function comparable(left: Tree, right: Tree, range: Range): void {
  const same = left.type.kind === right.type.kind || (isNumber(left.type) && isNumber(right.type));
  if (!same || left.type.kind === 'limit')
    throw new ExpressionError(range, `${wordsOf(left.type)} and ${wordsOf(right.type)} are not compared`);
  option(left, right);
  option(right, left);
}

function option(fact: Tree, literal: Tree): void {
  if (fact.type.kind !== 'text' || !fact.type.options || literal.op !== 'literal' || typeof literal.value !== 'string')
    return;
  const options = Object.keys(fact.type.options);
  if (!options.includes(literal.value))
    throw new ExpressionError(
      literal.range,
      `'${literal.value}' is none of its values (${options.join(', ')})${didYouMean(literal.value, options)}`,
    );
}

const orderable: Type['kind'][] = ['int', 'ratio', 'money', 'instant', 'date', 'duration'];

function ordered(left: Tree, right: Tree, range: Range): void {
  for (const [span, limit] of [
    [left, right],
    [right, left],
  ] as const) {
    if (span.type.kind !== 'duration' || limit.type.kind !== 'limit') continue;
    const dated = [...unitsOf(limit)].find((unit) => unit !== 'm' && unit !== 'h');
    if (dated)
      throw new ExpressionError(
        limit.range,
        `a duration is compared with minutes and hours; use after(t, ${dated}(…)) and compare instants`,
      );
    return;
  }
  if (left.type.kind === 'text')
    throw new ExpressionError(range, 'texts have no order; level() orders approval levels');
  const fits = left.type.kind === right.type.kind || (isNumber(left.type) && isNumber(right.type));
  if (!fits || !orderable.includes(left.type.kind))
    throw new ExpressionError(range, `${wordsOf(left.type)} and ${wordsOf(right.type)} have no order`);
}

function arithmetic(sign: '+' | '-' | '*', left: Type, right: Type): Type | undefined {
  if (isNumber(left) && isNumber(right))
    return left.kind === right.kind && !(sign === '*' && left.kind === 'money') ? left : types.ratio;
  if (sign === '*') return undefined;
  if (left.kind === 'instant' && right.kind === 'instant') return sign === '-' ? types.duration : undefined;
  if (left.kind === 'instant' && right.kind === 'duration') return types.instant;
  if (left.kind === 'duration' && right.kind === 'instant') return sign === '+' ? types.instant : undefined;
  return left.kind === 'duration' && right.kind === 'duration' ? types.duration : undefined;
}

/** Ranks of an approver level written as a text. */
export const levelRanks: readonly string[] = Object.keys(approverLevels);
