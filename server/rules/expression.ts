import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { ExpressionError, elaborate, type Scope } from './elaborate.ts';
import { didYouMean } from './errors.ts';
import { fieldsOf, functionNames, languageFor, methodNames } from './language.ts';
import type { Tree } from './tree.ts';
import { personAttributes, type Type, unitAttributes } from './types.ts';
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
      yaml.wrong(passage, error.start, error.message);
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
    if (!checked.valid) throw this.explain(text, checked.error);
    return elaborate(parsed.ast, this.scope);
  }

  private guard<T>(text: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.explain(text, error);
    }
  }

  /** cel-js's message in our words, with a suggestion. */
  private explain(text: string, error: unknown): ExpressionError {
    const { code, summary, range } = error as {
      code?: string;
      summary?: string;
      range?: { start: number; end: number };
    };
    if (summary === undefined)
      return new ExpressionError({ start: 0, end: 0 }, String(error instanceof Error ? error.message : error));
    const at = range ?? { start: 0, end: 0 };
    const word = text.slice(at.start, at.end);
    const method = /\.\s*([A-Za-z_]\w*)\s*\(/g;
    if (code === 'unknown_variable') {
      // `list.exist(o, …)`: cel-js complains of o, the method's name is what is wrong
      const wrong = [...text.slice(0, at.start).matchAll(method)]
        .map((m) => m[1]!)
        .findLast((name) => !(methodNames as readonly string[]).includes(name));
      if (wrong)
        return new ExpressionError(
          { start: text.indexOf(`${wrong}`), end: at.end },
          `there is no ${wrong}()${didYouMean(wrong, methodNames)}`,
        );
      return new ExpressionError(
        at,
        `unknown name ${word}${didYouMean(word, [...this.scope.variables.keys(), 'params'])}`,
      );
    }
    if (code === 'no_such_key') {
      const name = /: (.*)$/.exec(summary)?.[1] ?? word;
      return new ExpressionError(at, `there is no fact ${name}${didYouMean(name, this.fields())}`);
    }
    if (code === 'no_matching_overload') {
      const name = /'(?:.*\.)?(\w+)\(/.exec(summary)?.[1] ?? '';
      const known = [...functionNames, ...methodNames];
      if (!(known as readonly string[]).includes(name))
        return new ExpressionError(at, `there is no ${name}()${didYouMean(name, known)}`);
    }
    if (code === 'unexpected_character' && /\d(m|h|d|wd|mo)$/.test(text.slice(0, at.end)))
      return new ExpressionError(at, 'inside an expression a limit is written h(24), d(3), wd(5), mo(6), m(15)');
    return new ExpressionError(at, summary);
  }

  private *fields(): Generator<string> {
    for (const { name, parts } of this.scope.registry.types.map((type) => ({
      name: type,
      parts: this.scope.registry.tables(type),
    }))) {
      if (name) for (const table of parts) yield* fieldsOf(this.scope.registry, table).keys();
    }
    yield* Object.keys(personAttributes);
    yield* Object.keys(unitAttributes);
    yield* this.scope.params.map((param) => param.name);
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
