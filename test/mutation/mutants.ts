/** One small change of a source text that a test should notice. */
export interface Mutant {
  file: string;
  /** Offset in the file. */
  at: number;
  line: number;
  from: string;
  to: string;
  /** What kind of change it is. */
  how: string;
}

interface Change {
  how: string;
  pattern: RegExp;
  /** The groups of `pattern`: what stands before, and what is replaced. */
  to: (found: string) => string | null;
}

const swap =
  (pairs: Readonly<Record<string, string>>) =>
  (found: string): string | null =>
    pairs[found] ?? null;

/** Binary operators stand between blanks here: Biome sees to it, so that no type is taken for a comparison. */
const inCode: readonly Change[] = [
  { how: 'boundary', pattern: /( )(<=|>=|<|>)(?= )/g, to: swap({ '<=': '<', '<': '<=', '>=': '>', '>': '>=' }) },
  { how: 'comparison', pattern: /( )(<=|>=|<|>)(?= )/g, to: swap({ '<=': '>', '<': '>=', '>=': '<', '>': '<=' }) },
  { how: 'equality', pattern: /( )(===|!==)(?= )/g, to: swap({ '===': '!==', '!==': '===' }) },
  { how: 'logic', pattern: /( )(&&|\|\|)(?= )/g, to: swap({ '&&': '||', '||': '&&' }) },
  { how: 'arithmetic', pattern: /([\w)\]!] )([+\-*])(?= [\w(])/g, to: swap({ '+': '-', '-': '+', '*': '+' }) },
  { how: 'negation', pattern: /([( ])(!)(?=[\w(])/g, to: () => '' },
  { how: 'number', pattern: /([ ([-])(\d[\d_]*)(?=[),;\] }])/g, to: (n) => String(Number(n.replaceAll('_', '')) + 1) },
  { how: 'flag', pattern: /([ (])(true|false)(?=[),; ])/g, to: swap({ true: 'false', false: 'true' }) },
  {
    how: 'function',
    pattern: /(Math\.)(min|max|floor|ceil|abs)(?=\()/g,
    to: swap({ min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', abs: 'trunc' }),
  },
];

const inSql: readonly Change[] = [
  { how: 'sql boundary', pattern: /( )(<=|>=|<|>)(?= )/g, to: swap({ '<=': '<', '<': '<=', '>=': '>', '>': '>=' }) },
  { how: 'sql logic', pattern: /( )(AND|OR)(?= )/g, to: swap({ AND: 'OR', OR: 'AND' }) },
  { how: 'sql arithmetic', pattern: /([\w)}\]'] )([+\-*])(?= [\w($])/g, to: swap({ '+': '-', '-': '+', '*': '+' }) },
  { how: 'sql null', pattern: /( IS )(NOT NULL|NULL)(?=\W|$)/g, to: swap({ NULL: 'NOT NULL', 'NOT NULL': 'NULL' }) },
  {
    how: 'sql function',
    pattern: /(^|[\s(,])(least|greatest|LEAST|GREATEST|min|max|floor|lower|upper)(?=\()/g,
    to: swap({
      least: 'greatest',
      greatest: 'least',
      LEAST: 'GREATEST',
      GREATEST: 'LEAST',
      min: 'max',
      max: 'min',
      floor: 'ceil',
      lower: 'upper',
      upper: 'lower',
    }),
  },
  { how: 'sql negation', pattern: /(^|[\s(])(NOT )(?=EXISTS|\(|\$|[a-z])/g, to: () => '' },
  {
    how: 'sql distinct',
    pattern: /( IS )(NOT DISTINCT|DISTINCT)(?= FROM)/g,
    to: swap({ DISTINCT: 'NOT DISTINCT', 'NOT DISTINCT': 'DISTINCT' }),
  },
  {
    how: 'sql flag',
    pattern: /(^|[\s(])(TRUE|FALSE|true|false)(?=$|[\s),])/g,
    to: swap({ TRUE: 'FALSE', FALSE: 'TRUE', true: 'false', false: 'true' }),
  },
  { how: 'sql order', pattern: /( )(DESC|ASC)(?=\W|$)/g, to: swap({ DESC: 'ASC', ASC: 'DESC' }) },
  { how: 'sql number', pattern: /([\s(+-])(\d+)(?=$|[\s),])/g, to: (n) => String(Number(n) + 1) },
];

/** Every mutant of a file, in the order of its text. Comments, labels and type parameters are left alone. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const { code, sql } = file.endsWith('.sql') ? { code: '', sql: withoutSqlComments(text) } : parts(text);
  const found = [...changes(file, text, code, inCode), ...changes(file, text, sql, inSql)];
  const seen = new Set<string>();
  return found
    .filter((one) => {
      const key = `${one.at} ${one.to}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .sort((a, b) => a.at - b.at);
}

function changes(file: string, text: string, masked: string, kinds: readonly Change[]): Mutant[] {
  return kinds.flatMap(({ how, pattern, to }) =>
    [...masked.matchAll(pattern)].flatMap((match) => {
      const [, before = '', from = ''] = match;
      const at = match.index + before.length;
      const changed = to(from);
      if (changed === null) return [];
      return [{ file, at, line: text.slice(0, at).split('\n').length, from, to: changed, how }];
    }),
  );
}

export const applied = (text: string, { at, from, to }: Mutant): string =>
  text.slice(0, at) + to + text.slice(at + from.length);

const blank = (text: string): string => text.replace(/[^\n]/g, '\0');
const withoutSqlComments = (text: string): string => text.replace(/--[^\n]*/g, blank);

/** The text twice, of equal length: once its code alone, once what template literals say, which is mostly SQL. */
function parts(text: string): { code: string; sql: string } {
  const code: string[] = [];
  const sql: string[] = [];
  const put = (piece: string, to: 'code' | 'sql' | 'none'): void => {
    code.push(to === 'code' ? piece : blank(piece));
    sql.push(to === 'sql' ? piece : blank(piece));
  };
  // depth of braces of each open `${`; -1 stands for the text of a template
  const open: number[] = [];
  let at = 0;
  let before = '';
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? text[at]!;
  };
  while (at < text.length) {
    let piece: string;
    if (open.at(-1) === -1) {
      piece = take(/(?:[^`\\$]|\\[\s\S]|\$(?!\{))+|\$\{|`/y);
      if (piece === '`') open.pop();
      else if (piece === '${') open.push(0);
      put(piece, piece === '`' || piece === '${' ? 'none' : 'sql');
    } else if (text.startsWith('//', at) || text.startsWith('/*', at)) {
      piece = take(/\/\/[^\n]*|\/\*[\s\S]*?\*\//y);
      put(piece, 'none');
    } else if (text[at] === "'" || text[at] === '"') {
      piece = take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y);
      // fragments of SQL are written in single quotes too
      put(piece, / [A-Z]{2,} |[<>] /.test(piece) ? 'sql' : 'none');
    } else if (text[at] === '/' && /[(,=:[!&|?{};\n]\s*$/.test(before)) {
      piece = take(/\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y);
      put(piece, 'none');
    } else {
      piece = text[at]!;
      if (piece === '`') open.push(-1);
      else if (piece === '{' && open.length > 0) open[open.length - 1]! += 1;
      else if (piece === '}' && open.length > 0) {
        if (open.at(-1) === 0) open.pop();
        else open[open.length - 1]! -= 1;
      }
      put(piece, piece === '`' ? 'none' : 'code');
    }
    before = (before + piece).slice(-20);
    at += piece.length;
  }
  return { code: code.join(''), sql: sql.join('') };
}
