import { DateTime } from 'luxon';
import { localInstant } from '../kernel/calendar.ts';
import type { Fact } from '../subjects/define.ts';
import type { FactValue } from '../subjects/input.ts';
import { readFormat } from './formats.ts';
import { type Cell, columnsOf, type Mapping } from './mapping.ts';

/** A row by the names of its columns. */
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

/** What a cell gives: the value, and the columns whose text is not told by it and stays with the source row. */
export interface Read<Value = FactValue> {
  value: Value;
  kept: readonly string[];
}

const nothing: readonly string[] = [];

/** The text of a cell after its translation; null where there is none. A translation keeps what it translates. */
export function readText(mapping: Mapping, cell: Cell, row: Row): Read<string | null> {
  if (typeof cell === 'string') return { value: row[cell]?.trim() || null, kept: nothing };
  if (cell.column === undefined) return { value: String(cell.value), kept: nothing };
  const columns = columnsOf(cell);
  const raw = columns
    .map((column) => row[column]?.trim() ?? '')
    .filter(Boolean)
    .join(' ');
  const list = cell.translate ? mapping.translations[cell.translate] : undefined;
  const found = list ? (Object.hasOwn(list, raw) ? list[raw] : undefined) : raw || undefined;
  const value = found ?? cell.otherwise;
  return { value: value === undefined ? null : String(value), kept: list ? columns : nothing };
}

/** Local times with a blank or T, fractions of any length (milliseconds are kept); or with an offset. */
const iso = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;
const [earliest, latest] = [Date.parse('1900-01-01T00:00:00Z'), Date.parse('2200-01-01T00:00:00Z')];

/** @returns null for nothing, and for an hour that the clock change makes unknown. @throws BadCell */
export function readInstant(mapping: Mapping, cell: Cell, row: Row): Read<Date | null> {
  const { value: text, kept } = readText(mapping, cell, row);
  if (text === null) return { value: null, kept };
  const wrong = () => new BadCell(columnsOf(cell).join(' '), `不是时间 · not a time: ${text}`);
  const at = attempt(() => instantOf(mapping, formatsOf(cell), text), wrong);
  if (at && (at.getTime() < earliest || at.getTime() >= latest)) throw wrong();
  return { value: at, kept: at ? kept : columnsOf(cell) };
}

const formatsOf = (cell: Cell): string[] => (typeof cell === 'string' ? [] : [cell.format ?? []].flat());

function instantOf(mapping: Mapping, formats: readonly string[], text: string): Date | null {
  if (formats.length > 0) {
    for (const format of formats) {
      const read = readFormat(text, format);
      if (read) return 'at' in read ? read.at : localInstant(read.local, mapping.zone, mapping.clock_change);
    }
    throw new RangeError(text);
  }
  const [, day, time, fraction = '', offset] = iso.exec(text) ?? [];
  if (!day || !time) throw new RangeError(text);
  const local = `${day} ${time}${fraction.slice(0, 4)}`;
  if (!offset) return localInstant(local, mapping.zone, mapping.clock_change);
  // with an offset, too, 31 February is no day
  localInstant(local, 'UTC');
  const at = new Date(`${day}T${time}${fraction.slice(0, 4)}${offset}`);
  if (Number.isNaN(at.getTime())) throw new RangeError(text);
  return at;
}

function attempt<T>(work: () => T, wrong: () => BadCell): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError ? wrong() : error;
  }
}

/** Reads one fact. What it does not know (a person, a unit, an option) is missing, and its text stays with the row. @throws BadCell */
export function readFact(mapping: Mapping, cell: Cell, fact: Fact, row: Row, directory: Directory): Read {
  if (fact.kind === 'instant') {
    const { value, kept } = readInstant(mapping, cell, row);
    return { value: value?.toISOString() ?? null, kept };
  }
  const columns = columnsOf(cell);
  const { value: text, kept } = readText(mapping, cell, row);
  if (text === null) return { value: null, kept };
  const bad = (what: string) => new BadCell(columns.join(' '), `${what}: ${text}`);
  const found = (value: FactValue | undefined): Read => ({
    value: value ?? null,
    kept: value === undefined ? columns : kept,
  });
  const list = (known: (one: string) => string | number | undefined): Read => {
    const given = text
      .split(typeof cell === 'string' ? ';' : cell.separator)
      .map((one) => one.trim())
      .filter(Boolean);
    const values = [...new Set(given.flatMap((one) => known(one) ?? []))];
    return {
      value: values.length > 0 ? values : null,
      kept: given.every((one) => known(one) !== undefined) ? kept : columns,
    };
  };
  const option = (one: string) => (fact.options && Object.hasOwn(fact.options, one) ? one : undefined);
  switch (fact.kind) {
    case 'int':
    case 'ratio':
    case 'money':
      return found(numberOf(text, fact.kind === 'int') ?? raise(bad('不是数字 · not a number')));
    case 'flag':
      if (/^(true|1|yes|y|是)$/i.test(text)) return found(true);
      if (/^(false|0|no|n|否)$/i.test(text)) return found(false);
      throw bad('不是是或否 · neither yes nor no');
    case 'date':
      return found(dateOf(text, formatsOf(cell)) ?? raise(bad('不是日期 · not a date')));
    case 'person':
      return found(directory.people.get(text));
    case 'unit':
      return found(directory.units.get(text));
    case 'persons':
      return list((one) => directory.people.get(one));
    case 'choice':
      return found(option(text));
    case 'choices':
      return list(option);
    case 'text':
    case 'note': {
      const most = fact.kind === 'text' ? 500 : 5000;
      return { value: text.slice(0, most).trim(), kept: text.length > most ? columns : kept };
    }
    default:
      throw bad('此类事实不能导入 · a fact of this kind cannot be imported');
  }
}

function raise(error: Error): never {
  throw error;
}

function numberOf(text: string, whole: boolean): number | undefined {
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return (whole ? Number.isSafeInteger(value) : Math.abs(value) < 1e13) ? value : undefined;
}

function dateOf(text: string, formats: readonly string[]): string | undefined {
  const tried =
    formats.length > 0 ? formats.map((format) => DateTime.fromFormat(text, format)) : [DateTime.fromISO(text)];
  const parsed = tried.find((one) => one.isValid);
  return parsed && parsed.year >= 1900 && parsed.year < 2200 ? parsed.toFormat('yyyy-MM-dd') : undefined;
}
