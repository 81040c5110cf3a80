import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { didYouMean, type RuleError, RuleErrors } from './errors.ts';
import { offsets, type ScalarStyle } from './positions.ts';

/** A text of the file that knows where each of its characters stands. */
export interface Passage {
  text: string;
  /** Line and column (from 1) of the character at this offset. */
  at(offset: number): { line: number; column: number };
}

/** The passage from `start` on: its offsets begin anew. */
export const part = (whole: Passage, start: number, end = whole.text.length): Passage => ({
  text: whole.text.slice(start, end),
  at: (offset) => whole.at(start + offset),
});

/** Beyond this a file is no rule that a person reads. */
const longestFile = 100_000;
/** Lines and entries together: four times the longest shipped rule. Keys are compared each with each while all else waits. */
const mostMarks = 1500;

/** Reads a YAML mapping strictly: every mistake is collected with its position, and nothing is guessed. */
export class YamlSource {
  readonly file: string;
  readonly errors: RuleError[] = [];
  readonly root: YAMLMap | undefined;
  private readonly text: string;
  private readonly lines = new LineCounter();

  constructor(source: { file: string; text: string }) {
    this.file = source.file;
    this.text = source.text;
    if (source.text.length > longestFile) {
      this.report(longestFile, `a rule file has at most ${longestFile} characters`);
      return;
    }
    if ((source.text.match(/[:?,\n]/g)?.length ?? 0) > mostMarks) {
      this.report(0, `a rule file has at most ${mostMarks} lines and entries`);
      return;
    }
    // js-yaml's traps (`!x` is a tag, ` #` a comment, `a ? b : c` a key) come as warnings: they are mistakes here
    const document = parseDocument(source.text, {
      lineCounter: this.lines,
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
    });
    for (const problem of [...document.errors, ...document.warnings]) {
      this.report(problem.pos[0], `${problem.message}; put the expression in quotes or in a block (>-)`);
    }
    if (this.errors.length > 0) return;
    if (isMap(document.contents)) this.root = document.contents as YAMLMap;
    else this.report(0, 'a rule is a mapping');
  }

  report(offset: number, message: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.errors.push({ file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), message });
  }

  complain(node: Node | null | undefined, message: string): void {
    this.report(node?.range?.[0] ?? 0, message);
  }

  /** The mistake of a passage at one of its characters. */
  wrong(passage: Passage, offset: number, message: string): void {
    this.errors.push({ file: this.file, ...passage.at(offset), message });
  }

  throwIfWrong(): void {
    if (this.errors.length === 0) return;
    throw new RuleErrors([...this.errors].sort((a, b) => a.line - b.line || a.column - b.column));
  }

  /** The entries of a mapping by key. Keys that are not `known` are mistakes; without `known` all are taken. */
  entries(map: YAMLMap | undefined, known?: readonly string[]): Map<string, Node> {
    const found = new Map<string, Node>();
    for (const { key, value } of map?.items ?? []) {
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') this.complain(key as Node, 'a key is a plain text');
      else if (known && !known.includes(name))
        this.complain(key as Node, `unknown key ${name}${didYouMean(name, known)}`);
      else if (value === null || (isScalar(value) && value.value === null))
        this.complain(key as Node, `${name} is empty`);
      else found.set(name, value as Node);
    }
    return found;
  }

  /** The text of a scalar, with its positions. Numbers and true/false are no texts: they want quotes. */
  passage(node: Node | undefined, what: string): Passage | undefined {
    if (node === undefined) return undefined;
    if (!isScalar(node) || typeof node.value !== 'string') {
      this.complain(node, `${what} is a text${isScalar(node) ? ': put it in quotes' : ''}`);
      return undefined;
    }
    const from = node.range?.[0] ?? 0;
    const value = node.value;
    if (value.includes('\0')) this.complain(node, `${what} holds a NUL character`);
    let table: number[] | undefined;
    return {
      text: value,
      at: (offset) => {
        table ??= offsets(this.text.slice(from, node.range?.[1]), (node.type ?? 'PLAIN') as ScalarStyle, value);
        const { line, col } = this.lines.linePos(from + table[Math.min(Math.max(offset, 0), value.length)]!);
        return { line, column: col };
      },
    };
  }

  /** A mapping, or nothing and a mistake. */
  map(node: Node | undefined, what: string): YAMLMap | undefined {
    if (node === undefined) return undefined;
    if (isMap(node)) return node as YAMLMap;
    this.complain(node, `${what} is a mapping`);
    return undefined;
  }

  list(node: Node | undefined, what: string): Node[] {
    if (node === undefined) return [];
    if (isSeq(node)) return node.items as Node[];
    this.complain(node, `${what} is a list`);
    return [];
  }

  /** One of several words. */
  word<Word extends string>(node: Node | undefined, what: string, words: readonly Word[]): Word | undefined {
    const passage = this.passage(node, what);
    if (!passage) return undefined;
    if ((words as readonly string[]).includes(passage.text)) return passage.text as Word;
    this.wrong(passage, 0, `${what} is one of ${words.join(', ')}${didYouMean(passage.text, words)}`);
    return undefined;
  }

  /** A whole number or a decimal that fits a JavaScript number exactly enough. */
  number(node: Node | undefined, what: string): number | undefined {
    if (node === undefined) return undefined;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    this.complain(node, `${what} is a number`);
    return undefined;
  }
}
