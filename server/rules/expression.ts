import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { ExpressionError, elaborate, type Scope } from './elaborate.ts';
import { languageFor } from './language.ts';
import { explained, type Piece, piecesOf } from './mistakes.ts';
import type { Tree } from './tree.ts';
import type { Type } from './types.ts';
import type { Passage, YamlSource } from './yaml-source.ts';

/** The language of one rule as it grows: `each` and `extends` add variables. */
export class Language {
  readonly scope: Scope;
  private readonly env: Environment;

  constructor(scope: Scope) {
    this.scope = scope;
    this.env = languageFor(scope.registry, scope.variables, scope.params);
  }

  with(name: string, type: Type): Language {
    return new Language({ ...this.scope, variables: new Map([...this.scope.variables, [name, type]]) });
  }

  /** Parses, checks and elaborates. Mistakes are reported to `yaml` with their place; the answer is then undefined. */
  read(yaml: YamlSource, passage: Passage, check: (tree: Tree) => Tree = (tree) => tree): Tree | undefined {
    try {
      return check(this.parse(passage.text));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      for (const one of this.mistakes(passage.text, error)) yaml.wrong(passage, one.start, one.message);
      return undefined;
    }
  }

  /** Throws ExpressionError. */
  parse(text: string): Tree {
    if (text.trim() === '') throw new ExpressionError({ start: 0, end: 0 }, 'there is no expression');
    const parsed = this.guard(text, () => this.env.parse(text));
    const forCheck = this.env.parse(text);
    typeNulls(forCheck.ast);
    const checked = this.guard(text, () => forCheck.check());
    if (!checked.valid) throw explained(text, checked.error, this.scope);
    return elaborate(parsed.ast, this.scope);
  }

  private guard<T>(text: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explained(text, error, this.scope);
    }
  }

  /** Every mistake of an expression in which there is one: its operands are read for themselves. */
  private mistakes(text: string, error: ExpressionError): ExpressionError[] {
    const below = this.pieces(text).flatMap(({ range, variable }) => {
      const inner = variable ? this.inside(text, variable) : this;
      if (!inner) return [];
      const piece = text.slice(range.start, range.end);
      try {
        inner.parse(piece);
        return [];
      } catch (mistake) {
        if (!(mistake instanceof ExpressionError)) throw mistake;
        return inner
          .mistakes(piece, mistake)
          .map((one) => new ExpressionError({ start: range.start + one.start, end: range.end }, one.message));
      }
    });
    return below.length > 0 ? below : [error];
  }

  private pieces(text: string): Piece[] {
    try {
      return piecesOf(this.env.parse(text).ast);
    } catch {
      return [];
    }
  }

  /** The language of a quantifier's body; undefined where the list itself is wrong. */
  private inside(text: string, { name, list }: NonNullable<Piece['variable']>): Language | undefined {
    try {
      const { type } = this.parse(text.slice(list.start, list.end));
      return type.kind === 'list' && !this.scope.variables.has(name) ? this.with(name, type.of) : undefined;
    } catch {
      return undefined;
    }
  }
}

/**
 * `c ? x : null` says "missing otherwise". CEL wants one type for both branches and gives null its own: for the check,
 * null is taken for the other branch. Changes the tree in place.
 */
function typeNulls(node: ASTNode): void {
  if (node.op === '?:') {
    const args = node.args as [ASTNode, ASTNode, ASTNode];
    const isNull = (each: ASTNode): boolean => each.op === 'value' && each.args === null;
    if (isNull(args[1]) && !isNull(args[2])) args[1] = args[2];
    else if (isNull(args[2])) args[2] = args[1];
  }
  const below: unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  for (const each of below) if (typeof each === 'object' && each !== null && 'op' in each) typeNulls(each as ASTNode);
}
