import { ExpressionError } from './elaborate.ts';
import type { Language } from './expression.ts';
import type { Tree } from './tree.ts';
import { type Type, wordsOf } from './types.ts';
import { type Passage, part, type YamlSource } from './yaml-source.ts';

/** A sentence with expressions in braces. */
export type Template = (string | Tree)[];

/** `{…}` holds an expression and nothing else; a brace inside a text of the expression does not end it. */
export function readTemplate(
  yaml: YamlSource,
  passage: Passage,
  language: Language,
  spoken: ReadonlyMap<string, Type>,
): Template {
  let inner = language;
  for (const [name, type] of spoken) if (!inner.scope.variables.has(name)) inner = inner.with(name, type);
  const pieces: Template = [];
  let at = 0;
  while (at < passage.text.length) {
    const open = passage.text.indexOf('{', at);
    const text = passage.text.slice(at, open < 0 ? undefined : open);
    if (text.includes('}')) yaml.wrong(passage, at + text.indexOf('}'), 'this } has no {');
    if (text) pieces.push(text);
    if (open < 0) break;
    const close = closing(passage.text, open + 1);
    if (close < 0) {
      yaml.wrong(passage, open, 'this { is not closed');
      break;
    }
    const tree = inner.read(yaml, part(passage, open + 1, close), sayable);
    if (tree) pieces.push(tree);
    at = close + 1;
  }
  return pieces;
}

function closing(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i += 1) {
    const char = text[i]!;
    if (quote) {
      if (char === '\\') i += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '}') return i;
  }
  return -1;
}

const unsayable: Type['kind'][] = ['row', 'null', 'params'];

function sayable(tree: Tree): Tree {
  const of = tree.type.kind === 'list' ? tree.type.of : tree.type;
  if (unsayable.includes(of.kind))
    throw new ExpressionError(tree.range, `${wordsOf(tree.type)} cannot be put into a sentence: take one of its facts`);
  return tree;
}
