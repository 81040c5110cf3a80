import { ExpressionError } from './elaborate.ts';

/** A name as SQL: `case` and `of` are words of SQL. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A text as a literal that means the same under either setting of standard_conforming_strings. */
export function quoted(text: string): string {
  if (text.includes('\0')) throw new ExpressionError({ start: 0, end: 0 }, 'a text cannot hold NUL');
  const doubled = text.replaceAll("'", "''");
  return text.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

export function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a number for SQL: ${value}`);
  return value < 0 ? `(${value})` : String(value);
}

/** Joins what is not empty, indented as one clause. */
export const all = (conditions: readonly string[]): string =>
  conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');

/** Costs more than a look at a column: worth computing once. */
export const costly = (sql: string): boolean =>
  /\bSELECT\b|\b(roll_forward|add_working_days|due_paused|due_latest)\(/.test(sql);
