import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionError, rangeOf, type Scope } from './elaborate.ts';
import { didYouMean } from './errors.ts';
import { fieldsOf, functionNames, functionUses, methodNames } from './language.ts';
import type { Range } from './tree.ts';
import { personAttributes, unitAttributes } from './types.ts';

/** What the parser and type checker complain of. */
interface Complaint {
  code?: string;
  summary?: string;
  range?: Range;
}

const nowhere: Range = { start: 0, end: 0 };

/** cel-js's message in our words, with a suggestion. */
export function explained(text: string, error: unknown, scope: Scope): ExpressionError {
  const { code, summary, range: at = nowhere } = error as Complaint;
  if (summary === undefined)
    return new ExpressionError(nowhere, String(error instanceof Error ? error.message : error));
  const word = text.slice(at.start, at.end);
  const limit = /^Exceeded max(\w+) \((\d+)\)/.exec(summary);
  if (limit) return new ExpressionError(at, tooMuch[limit[1]!]?.(limit[2]!) ?? summary);
  if (code === 'unknown_variable') return unknownName(text, at, word, scope);
  if (code === 'no_such_key') {
    const name = /: (.*)$/.exec(summary)?.[1] ?? word;
    return new ExpressionError(at, `there is no fact ${name}${didYouMean(name, everyField(scope))}`);
  }
  if (code === 'no_matching_overload') return wrongCall(at, summary);
  const between = /^no such overload: (.+) (\S+) (.+)$/.exec(summary);
  if (between)
    return new ExpressionError(
      at,
      `${inWords(between[1]!)} ${between[2]} ${inWords(between[3]!)} means nothing here (${summary})`,
    );
  if (code === 'unexpected_character' && /\d(m|h|d|wd|mo)$/.test(text.slice(0, at.end)))
    return new ExpressionError(at, 'inside an expression a limit is written h(24), d(3), wd(5), mo(6), m(15)');
  const sign = signOf(text, at.start);
  if (sign) return new ExpressionError(at, sign);
  if (/Unexpected token: EOF/.test(summary)) return new ExpressionError(at, 'the expression ends too early');
  return new ExpressionError(at, summary);
}

const tooMuch: Record<string, (most: string) => string> = {
  Depth: (most) => `this expression is nested more than ${most} deep: split the rule`,
  AstNodes: (most) => `this expression has more than ${most} parts: split the rule`,
  ListElements: (most) => `a list has at most ${most} values`,
  CallArguments: (most) => `a function takes at most ${most} values`,
  MapEntries: () => 'there are no maps here; values by key are parameters',
};

function unknownName(text: string, at: Range, word: string, scope: Scope): ExpressionError {
  // `list.exist(o, …)`: cel-js complains of o, the method's name is what is wrong
  const wrong = [...text.slice(0, at.start).matchAll(/\.\s*([A-Za-z_]\w*)\s*\(/g)].findLast(
    ([, name]) => !(methodNames as readonly string[]).includes(name!),
  );
  if (wrong) {
    const [whole, name] = wrong;
    const start = wrong.index + whole.indexOf(name!);
    return new ExpressionError({ start, end: at.end }, `there is no ${name}()${didYouMean(name!, methodNames)}`);
  }
  const written = /\.\s*(exists|all|filter|map)\s*\(\s*$/.exec(text.slice(0, at.start));
  if (written && /^\s*\)/.test(text.slice(at.end)))
    return new ExpressionError(at, `${written[1]}() is written list.${written[1]}(x, …)`);
  return new ExpressionError(at, `unknown name ${word}${didYouMean(word, [...scope.variables.keys(), 'params'])}`);
}

function wrongCall(at: Range, summary: string): ExpressionError {
  const name = /'(?:.*\.)?(\w+)\(/.exec(summary)?.[1] ?? '';
  const known = [...functionNames, ...methodNames];
  if (!(known as readonly string[]).includes(name))
    return new ExpressionError(at, `there is no ${name}()${didYouMean(name, known)}`);
  return new ExpressionError(at, `${name}() is written ${functionUses[name]} (${summary})`);
}

/** What people write who know other languages. */
function signOf(text: string, at: number): string | undefined {
  if (/^=[^=]/.test(text.slice(at)) && !/[=!<>]$/.test(text.slice(0, at))) return 'equal is written ==';
  if (/^&[^&]/.test(text.slice(at))) return 'and is written &&';
  if (/^\|[^|]/.test(text.slice(at))) return 'or is written ||';
  const word = /^[A-Za-z]+/.exec(text.slice(text.slice(0, at).search(/[A-Za-z]*$/)))?.[0];
  if (word === 'and' || word === 'or' || word === 'not')
    return `${word} is written ${{ and: '&&', or: '||', not: '!' }[word]}`;
  return undefined;
}

const words: Record<string, string> = {
  'google.protobuf.Timestamp': 'an instant',
  'google.protobuf.Duration': 'a duration',
  LocalDate: 'a date',
  Limit: 'a limit',
  Person: 'a person',
  Unit: 'a unit',
  int: 'a whole number',
  double: 'a number',
  string: 'a text',
  bool: 'a condition',
};
const inWords = (type: string): string =>
  words[type] ??
  (type.startsWith('list<') ? 'a list' : type.startsWith('Row_') ? `a record of ${type.slice('Row_'.length)}` : type);

function* everyField({ registry, params }: Scope): Generator<string> {
  for (const type of registry.types) for (const table of registry.tables(type)) yield* fieldsOf(registry, table).keys();
  yield* Object.keys(personAttributes);
  yield* Object.keys(unitAttributes);
  yield* params.map((param) => param.name);
}

/** A piece of an expression that can be read for itself; `variable` with its list where it is a quantifier's body. */
export interface Piece {
  range: Range;
  variable?: { name: string; list: Range };
}

const whole = ['&&', '||', '?:', '==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', 'list', '!_', '-_'];

/** The operands of an expression: after a mistake each is read for itself, so that all mistakes are told at once. */
export function piecesOf(node: ASTNode): Piece[] {
  if (node.op === 'rcall') {
    const [name, receiver, args] = node.args;
    const [variable, body] = args;
    if (['exists', 'all', 'filter', 'map'].includes(name)) {
      if (variable?.op !== 'id' || !body) return [];
      return [
        { range: rangeOf(receiver) },
        { range: rangeOf(body), variable: { name: variable.args, list: rangeOf(receiver) } },
      ];
    }
    // what an unknown method is given may hold its variable: nothing can be said of that
    const known = (methodNames as readonly string[]).includes(name);
    return known ? [receiver, ...args].map((each) => ({ range: rangeOf(each) })) : [];
  }
  if (node.op === 'call')
    return (functionNames as readonly string[]).includes(node.args[0])
      ? node.args[1].map((each) => ({ range: rangeOf(each) }))
      : [];
  if (!whole.includes(node.op)) return [];
  const args = (Array.isArray(node.args) ? node.args : [node.args]) as ASTNode[];
  return args.map((each) => ({ range: rangeOf(each) }));
}
