import pg from 'pg';

type Parse = (text: string) => unknown;

const textArray = 1009;

/** What a column of each PostgreSQL type (by oid) becomes in JavaScript when read through `Tx.sql`. */
const parsers = new Map<number, Parse>([
  [20, integer], // int8
  [1700, Number], // numeric
  [1082, (text) => text], // date: a calendar day has no zone, so it stays 'YYYY-MM-DD'
  [1114, (text) => text], // timestamp without zone
  [1184, instant], // timestamptz
  [1186, (text) => text], // interval
  [1016, list(integer)],
  [1231, list(Number)],
  [1182, list((text) => text)],
  [1185, list(instant)],
]);

/** Type parsers for pg's `types` option. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/** One-dimensional arrays: pg reads them as texts, each element is then parsed. */
function list(parse: Parse): Parse {
  const texts: Parse = pg.types.getTypeParser(textArray as never, 'text');
  return (text) => (texts(text) as (string | null)[]).map((each) => (each === null ? null : parse(each)));
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript number`);
  return value;
}

/** Sessions run in UTC, so the text is `2026-01-05 08:00:00.123+00`; anything else goes the long way. */
function instant(text: string): unknown {
  if (text.endsWith('+00') && text.charCodeAt(4) === 45) return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  return pg.types.getTypeParser(1184, 'text')(text);
}
