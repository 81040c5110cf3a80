import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';

/** One record of a CSV file, or what stands where one should be. `line` is where it begins, counted from 1. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; text: string; problem: string };

export interface CsvOptions {
  delimiter: string;
  encoding: string;
}

interface Line {
  line: number;
  text: string;
  /** Longer than any line may be: its rest was thrown away. */
  cut?: true;
}

/** Characters of a line, and lines of one quoted cell: more is a stray quote, not a record. */
const longestLine = 1_000_000;
const mostLines = 200;

/**
 * Reads the records of a CSV file (also .gz) in groups, in order, with bounded memory. A malformed line is told as such
 * and spoils no other: a quote that nobody closes costs its own line, whatever follows. The first record says how many
 * cells each has.
 */
export async function* readRecords(path: string, options: CsvOptions): AsyncGenerator<CsvRecord[]> {
  const gather = gatherer(options.delimiter);
  for await (const lines of readLines(path, options.encoding)) {
    const records = gather(lines, false);
    if (records.length > 0) yield records;
  }
  const last = gather([], true);
  if (last.length > 0) yield last;
}

async function* readLines(path: string, encoding: string): AsyncGenerator<Line[]> {
  const file = createReadStream(path);
  const source: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  if (source !== file) file.on('error', (error) => source.destroy(error));
  const decoder = new TextDecoder(encoding);
  let [rest, line, skipping] = ['', 1, false];
  const take = (text: string): Line[] => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    const lines: Line[] = [];
    for (const part of parts) {
      if (skipping) skipping = false;
      else if (part.length > longestLine) lines.push({ line, text: part.slice(0, 200), cut: true });
      else lines.push({ line, text: part.endsWith('\r') ? part.slice(0, -1) : part });
      line += 1;
    }
    if (rest.length > longestLine) {
      if (!skipping) lines.push({ line, text: rest.slice(0, 200), cut: true });
      skipping = true;
      rest = '';
    }
    return lines;
  };
  for await (const chunk of source as AsyncIterable<Buffer>) yield take(decoder.decode(chunk, { stream: true }));
  yield take(`${decoder.decode()}\n`);
}

interface Candidate {
  line: number;
  text: string;
  record?: CsvRecord;
}

/** Joins the lines of quoted cells and parses: most lines all at once, what is doubtful on its own. */
function gatherer(delimiter: string): (lines: readonly Line[], end: boolean) => CsvRecord[] {
  let open: Line[] = [];
  let width: number | undefined;
  const parsed = (text: string): string[][] =>
    parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' }) as unknown as string[][];

  const one = (line: number, text: string): CsvRecord => {
    try {
      const [cells] = parsed(text);
      if (!cells) return { line, text, problem: '空行 · an empty line' };
      width ??= cells.length;
      if (cells.length === width) return { line, cells };
      return { line, text, problem: `有${cells.length}列，应为${width}列 · ${cells.length} cells instead of ${width}` };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return { line, text, problem: '引号不配对 · a quote in the wrong place' };
    }
  };

  return (lines, end) => {
    const found: Candidate[] = [];
    const queue = [...lines].reverse();
    const giveUp = () => {
      const [first, ...others] = open;
      open = [];
      if (!first) return;
      const problem = '引号没有结束 · a quote that is never closed';
      found.push({ ...first, record: { line: first.line, text: first.text, problem } });
      for (const other of others.reverse()) queue.push(other);
    };
    for (;;) {
      const next = queue.pop();
      if (!next) {
        if (!end || open.length === 0) break;
        giveUp();
        continue;
      }
      if (next.cut) {
        // nothing goes on beyond such a line; what was open is looked at again, then the line itself
        if (open.length > 0) {
          queue.push(next);
          giveUp();
        } else found.push({ ...next, record: { ...next, problem: '行过长 · the line is too long' } });
        continue;
      }
      const isOdd = next.text.includes('"') && (next.text.split('"').length - 1) % 2 === 1;
      if (open.length === 0) {
        if (isOdd) open.push(next);
        else if (next.text.trim() !== '')
          found.push(width === undefined ? { ...next, record: one(next.line, next.text) } : next);
        continue;
      }
      open.push(next);
      const [first] = open;
      if (isOdd && first) {
        const record = one(first.line, open.map(({ text }) => text).join('\n'));
        if ('problem' in record) giveUp();
        else {
          open = [];
          found.push({ ...first, record });
        }
      } else if (open.length > mostLines) giveUp();
    }

    const plain = found.filter((each) => !each.record);
    const all = attempt(() => parsed(plain.map(({ text }) => text).join('\n')));
    const isWhole = all?.length === plain.length;
    plain.forEach((each, i) => {
      const cells = isWhole ? all?.[i] : undefined;
      each.record = cells && cells.length === width ? { line: each.line, cells } : one(each.line, each.text);
    });
    // spreadsheets end in rows of nothing but delimiters
    return found.flatMap(({ record }) =>
      !record || ('cells' in record && record.cells.every((cell) => cell.trim() === '')) ? [] : [record],
    );
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
