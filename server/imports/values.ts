import { DateTime } from 'luxon';
import { localInstant } from '../kernel/calendar.ts';
import type { Fact } from '../subjects/define.ts';
import type { FactValue } from '../subjects/input.ts';
import type { Cell, Mapping } from './mapping.ts';

export type Row = Readonly<Record<string, string>>;

/** A value that is there and cannot be read: the row goes to the error file. */
export class BadCell extends Error {
  readonly column: string;
  constructor(column: string, reason: string) {
    super(reason);
    this.column = column;
  }
}

/** Ids by police number and by unit code, as they are when the run begins; an unknown one is a missing fact. */
export interface Directory {
  people: ReadonlyMap<string, number>;
  units: ReadonlyMap<string, number>;
}

/** What a cell gives: the value, and the columns whose text found no fact and is kept in `source`. */
export interface Read {
  value: FactValue | Date;
  unread: string[];
}

const columnsOf = (cell: Cell): string[] =>
  typeof cell === 'string' ? [cell] : cell.column === undefined ? [] : [cell.column].flat();

/** The text of a cell after its translation; null where there is none. */
function textOf(mapping: Mapping, cell: Cell, row: Row): { text: string | null; known: boolean } {
  if (typeof cell === 'object' && cell.column === undefined)
    return { text: cell.value === undefined ? null : String(cell.value), known: true };
  const raw = columnsOf(cell)
    .map((column) => row[column]?.trim() ?? '')
    .filter(Boolean)
    .join(' ');
  if (typeof cell === 'string' || !cell.translate)
    return {
      text: raw || (typeof cell === 'object' && cell.otherwise !== undefined ? String(cell.otherwise) : null),
      known: true,
    };
  const translated = mapping.translations[cell.translate]?.[raw] ?? cell.otherwise;
  return { text: translated === undefined ? null : String(translated), known: translated !== undefined || raw === '' };
}

/** Local times with a blank or T, fractions of any length; or with an offset. */
const iso = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** @returns null for nothing, and for an hour that the clock change makes unknown. @throws BadCell */
export function readInstant(mapping: Mapping, cell: Cell, row: Row): Date | null {
  const { text } = textOf(mapping, cell, row);
  if (text === null) return null;
  const column = columnsOf(cell).join(' ');
  const format = typeof cell === 'object' ? cell.format : undefined;
  try {
    if (format) {
      const parsed = DateTime.fromFormat(text, format, { zone: 'utc' });
      if (!parsed.isValid) throw new RangeError(text);
      return localInstant(parsed.toFormat('yyyy-MM-dd HH:mm:ss.SSS'), mapping.zone, mapping.clock_change);
    }
    const parts = iso.exec(text);
    if (!parts) throw new RangeError(text);
    const fraction = (parts[3] ?? '').slice(0, 4);
    if (!parts[4]) return localInstant(`${parts[1]} ${parts[2]}${fraction}`, mapping.zone, mapping.clock_change);
    const at = new Date(`${parts[1]}T${parts[2]}${fraction}${parts[4]}`);
    if (Number.isNaN(at.getTime())) throw new RangeError(text);
    return at;
  } catch (error) {
    if (error instanceof RangeError) throw new BadCell(column, `不是时间 · not a time: ${text}`);
    throw error;
  }
}

/** Reads one fact. @throws BadCell */
export function readFact(mapping: Mapping, cell: Cell, fact: Fact, row: Row, directory: Directory): Read {
  const columns = columnsOf(cell);
  const column = columns.join(' ');
  if (fact.kind === 'instant') {
    const at = readInstant(mapping, cell, row);
    return { value: at?.toISOString() ?? null, unread: at === null ? columns : [] };
  }
  const { text, known } = textOf(mapping, cell, row);
  if (text === null) return { value: null, unread: known ? [] : columns };
  const bad = (what: string) => new BadCell(column, `${what}: ${text}`);
  const found = (value: FactValue | undefined): Read => ({
    value: value ?? null,
    unread: value === undefined ? columns : [],
  });
  switch (fact.kind) {
    case 'int':
    case 'ratio':
    case 'money': {
      const value = Number(text);
      if (!Number.isFinite(value) || (fact.kind === 'int' && !Number.isInteger(value)))
        throw bad('不是数字 · not a number');
      return found(value);
    }
    case 'flag': {
      if (/^(true|1|yes|y|是)$/i.test(text)) return found(true);
      if (/^(false|0|no|n|否)$/i.test(text)) return found(false);
      throw bad('不是是或否 · neither yes nor no');
    }
    case 'date': {
      const format = typeof cell === 'object' ? cell.format : undefined;
      const parsed = format ? DateTime.fromFormat(text, format) : DateTime.fromISO(text);
      if (!parsed.isValid) throw bad('不是日期 · not a date');
      return found(parsed.toISODate() ?? undefined);
    }
    case 'person':
      return found(directory.people.get(text));
    case 'unit':
      return found(directory.units.get(text));
    case 'persons': {
      const numbers = text
        .split(typeof cell === 'object' ? cell.separator : ';')
        .map((one) => one.trim())
        .filter(Boolean);
      const ids = numbers.flatMap((number) => directory.people.get(number) ?? []);
      return { value: ids, unread: ids.length < numbers.length ? columns : [] };
    }
    case 'choice':
      return found(fact.options && text in fact.options ? text : undefined);
    case 'text':
      return found(text.slice(0, 500));
    case 'note':
      return found(text.slice(0, 5000));
    default:
      throw bad('此类事实不能导入 · a fact of this kind cannot be imported');
  }
}
