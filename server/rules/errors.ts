/** One mistake of a rule file. Lines and columns count from 1. */
export interface RuleError {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** Everything wrong with one file; its message has a line for each: `file:line:column message`. */
export class RuleErrors extends Error {
  override name = 'RuleErrors';
  readonly errors: readonly RuleError[];

  constructor(errors: readonly RuleError[]) {
    super(errors.map((e) => `${e.file}:${e.line}:${e.column} ${e.message}`).join('\n'));
    this.errors = errors;
  }
}

/** The known name nearest to a misspelt one, as the end of a sentence: `; did you mean priority?`. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let [best, least] = ['', Math.max(2, Math.ceil(name.length / 3)) + 1];
  for (const each of known) {
    const cost = each.toLowerCase() === name.toLowerCase() ? 0 : distance(name, each);
    if (cost < least) [best, least] = [each, cost];
  }
  return best === '' ? '' : `; did you mean ${best}?`;
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
