import { basename } from 'node:path';
import { didYouMean } from '../rules/errors.ts';
import { type CsvRecord, readRecords } from './csv.ts';
import { columnsRead, type Mapping, MappingError } from './mapping.ts';
import type { Row } from './values.ts';

/** One row of the file, or a line that is none. */
export type TableRow = { line: number; row: Row } | { line: number; cells: string[]; column: string; problem: string };

/** Reads a file as rows by column name, in groups. @throws MappingError for a column that the file does not have */
export async function* readTable(
  path: string,
  mapping: Mapping,
  onHeader: (columns: string[]) => void,
): AsyncGenerator<TableRow[]> {
  let header: string[] | undefined;
  for await (const records of readRecords(path, mapping)) {
    let rows = records;
    if (!header) {
      const [first, ...rest] = records;
      header = headerOf(first, mapping, path);
      onHeader(header);
      rows = rest;
    }
    const columns = header;
    yield rows.map((record) => rowOf(record, columns));
  }
  if (!header) throw new MappingError(`${basename(path)}:1:1: 文件是空的 · the file is empty`);
}

/** What a decoder puts where bytes are no character, and what no text column of the database can hold. */
const unreadable = /[\uFFFD\0]/;

function rowOf(record: CsvRecord, header: readonly string[]): TableRow {
  const { line } = record;
  if ('problem' in record) return { line, cells: [record.text], column: '', problem: record.problem };
  const { cells } = record;
  const bad = cells.findIndex((cell) => unreadable.test(cell));
  if (bad >= 0)
    return {
      line,
      cells,
      column: header[bad] ?? '',
      problem: '有无法识别的字符 · holds characters that cannot be read',
    };
  // no prototype: a column may be called anything
  const row: Record<string, string> = Object.create(null);
  for (const [i, column] of header.entries()) row[column] = cells[i] ?? '';
  return { line, row };
}

function headerOf(record: CsvRecord | undefined, mapping: Mapping, path: string): string[] {
  const file = basename(path);
  if (!record || 'problem' in record)
    throw new MappingError(
      `${file}:1:1: 读不出表头 · no header can be read: ${record && 'problem' in record ? record.problem : ''}`,
    );
  if (record.cells.some((cell) => unreadable.test(cell)))
    throw new MappingError(
      `${file}:${record.line}:1: 文件不是${mapping.encoding}编码，请在映射中写明 encoding（如 gb18030） · the file is not ${mapping.encoding}: say encoding in the mapping`,
    );
  const header = record.cells.map((cell) => cell.trim());
  for (const { column, path: place } of columnsRead(mapping)) {
    const times = header.filter((each) => each === column).length;
    if (times === 1) continue;
    const what =
      times > 1
        ? `列出现多次 · the column ${column} occurs ${times} times in ${file}`
        : `没有这一列 · ${file} has no column ${column}${didYouMean(column, header)}; it has ${header.join(', ')}`;
    throw new MappingError(`${mapping.at(place)}: ${what}`);
  }
  // what nobody reads may be called as it likes, and is still kept
  return header.map((column, i) => (column !== '' && header.indexOf(column) === i ? column : `${column}#${i + 1}`));
}
