import type { Node, Tree } from './tree.ts';

export type Gaps = Node<'coverage' | 'longestGap'>;

/** Files of one recording follow each other with a breath between them: such gaps are none. Seconds. */
export const joinedGap = 5;

const joined = `interval '${joinedGap} seconds'`;
const nothing = "'{}'::tstzmultirange";

export interface Intervals {
  started: string;
  ended: string;
  /** FROM … WHERE of the list. */
  from: () => string;
}

export interface Printing {
  term(tree: Tree): string;
  intervals(list: Tree): Intervals;
}

/**
 * `coverage` and `longestGap` as one scalar: intervals clipped to [from, to], gaps of up to `joinedGap` joined, exempt
 * intervals taken out of the duty and out of the gaps. The same in memory: coverage.ts.
 */
export function printGaps(tree: Gaps, printing: Printing): string {
  if (!tree.exempt) return plain(tree, printing);
  // most duties have nothing exempt, and ranges of ranges cost five times as much
  return `CASE WHEN EXISTS (SELECT ${printing.intervals(tree.exempt).from()}) THEN ${exempted(tree, tree.exempt, printing)} ELSE ${plain(tree, printing)} END`;
}

const end = (each: Intervals): string => `coalesce(${each.ended}, 'infinity')`;
/** Where an interval begins to add to what the ones before it cover. */
const begin = `CASE WHEN i.a <= i.p + ${joined} THEN i.p ELSE i.a END`;

/** The clipped intervals as (a, b), and p: how far the ones before reach. */
function islands(own: Intervals, from: string, to: string): string {
  const clipped =
    `SELECT greatest(${own.started}, ${from}) AS a, least(${end(own)}, ${to}) AS b ${own.from()}` +
    ` AND ${own.started} < ${to} AND ${end(own)} > ${from} AND ${end(own)} > ${own.started} AND ${from} < ${to}`;
  return `(SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (${clipped}) c)`;
}

/** Coverage or longest gap over the islands `i`. */
function measured(op: 'coverage' | 'longestGap', from: string, to: string): string {
  const value =
    op === 'coverage'
      ? `coalesce(extract(epoch FROM sum(greatest(i.b - ${begin}, interval '0')))::float8, 0) / extract(epoch FROM ${to} - ${from})::float8`
      : `coalesce(greatest(max(CASE WHEN i.a > i.p + ${joined} THEN i.a - i.p END), min(i.a) - ${from}, ${to} - max(i.b)), ${to} - ${from})`;
  return `CASE WHEN ${from} < ${to} THEN ${value} END`;
}

function plain(tree: Gaps, { term, intervals }: Printing): string {
  const [from, to] = [term(tree.from), term(tree.to)];
  return `(SELECT ${measured(tree.op, from, to)} FROM ${islands(intervals(tree.list), from, to)} i)`;
}

/** Both of one list and duty, as a row (coverage, gap): the list is read once. */
export function printBoth(tree: Gaps, { term, intervals }: Printing): string {
  const [from, to] = [term(tree.from), term(tree.to)];
  return `(SELECT ${measured('coverage', from, to)} AS coverage, ${measured('longestGap', from, to)} AS gap FROM ${islands(intervals(tree.list), from, to)} i OFFSET 0)`;
}

function exempted(tree: Gaps, exempt: Tree, { term, intervals }: Printing): string {
  const [from, to] = [term(tree.from), term(tree.to)];
  const off = intervals(exempt);
  const covered = `coalesce((SELECT range_agg(tstzrange(least(i.a, ${begin}), i.b)) FROM ${islands(intervals(tree.list), from, to)} i), ${nothing})`;
  const free = `coalesce((SELECT range_agg(tstzrange(${off.started}, ${off.ended})) ${off.from()} AND ${off.started} < ${end(off)}), ${nothing})`;
  const duty = `tstzmultirange(tstzrange(least(${from}, ${to}), greatest(${from}, ${to}))) - ${free}`;
  const length = (ranges: string, how: string): string =>
    `(SELECT ${how}(upper(r) - lower(r)) FROM unnest(${ranges}) r)`;
  const value =
    tree.op === 'coverage'
      ? `CASE WHEN isempty(z.duty) THEN 1 ELSE coalesce(extract(epoch FROM ${length('z.covered * z.duty', 'sum')})::float8, 0) / extract(epoch FROM ${length('z.duty', 'sum')})::float8 END`
      : `coalesce(${length('z.duty - z.covered', 'max')}, interval '0')`;
  return `(SELECT CASE WHEN ${from} < ${to} THEN ${value} END FROM (SELECT ${covered} AS covered, ${duty} AS duty OFFSET 0) z)`;
}
