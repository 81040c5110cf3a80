import { notFound, type Text } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { quote } from '../subjects/ddl.ts';
import { columnOf, type Registry } from '../subjects/registry.ts';
import { type BacktestRun, readRun } from './backtest.ts';
import { adviceOn } from './backtest-advice.ts';
import type { Sampled } from './backtest-sample.ts';
import { side } from './backtest-text.ts';
import { type VerdictName, verdicts } from './rule.ts';

export type Counts = Record<VerdictName, number> & { opened: number };

/** One bar of a chart: a month or a unit, as tried and as in force. */
export interface Bar {
  month?: string;
  unitId?: number;
  unit?: string;
  tried: Counts;
  inForce: Counts;
}

export interface Difference {
  newly: number;
  gone: number;
  same: number;
}

const names = Object.keys(verdicts) as VerdictName[];
const sums = names.map((name) => `sum(${name})::int AS ${name}`).join(', ');

export type Listed = 'broken' | 'newly' | 'gone';

/** What a list of duties holds: broken as tried, newly broken, no longer broken. */
const lists: Record<Listed, { side: number; where: string }> = {
  broken: { side: side.tried, where: 'true' },
  newly: { side: side.tried, where: 'o.run_id IS NULL' },
  gone: { side: side.inForce, where: 'o.run_id IS NULL' },
};
const other = (of: number): string =>
  `LEFT JOIN backtest_broken o ON o.run_id = b.run_id AND o.side = ${3 - of} AND o.subject_id = b.subject_id AND o.occurrence = b.occurrence`;

/** Everything about one back-test in one answer; while it runs, as far as it is. */
export async function readBacktest(uow: UnitOfWork, id: string) {
  const run = await readRun(uow, id);
  const [kept] = await uow.sql<{ sample: Sampled[] | null }>('SELECT sample FROM backtest WHERE id = $1', [id]);
  const [tried, inForce] = [await totals(uow, id, side.tried), await totals(uow, id, side.inForce)];
  const difference = run.against.length > 0 ? await differenceOf(uow, id) : null;
  return {
    ...summaryOf(run),
    text: run.text,
    seed: run.seed,
    compared: run.against.length > 0,
    tried,
    inForce: run.against.length > 0 ? inForce : null,
    difference,
    advice: run.state === 'done' ? adviceOn(tried, run.against.length > 0 ? inForce : null, difference) : null,
    months: await bars(uow, id, 'month'),
    units: await bars(uow, id, 'unit'),
    sample: kept?.sample ?? [],
  };
}

/** A run as lists show it. */
export const summaryOf = (run: BacktestRun) => ({
  id: run.id,
  code: run.code,
  version: run.version,
  title: run.title,
  subject: run.subject,
  from: run.from,
  to: run.to,
  unitIds: run.units,
  asOf: run.asOf,
  state: run.state,
  judged: run.judged,
  total: run.total,
  progress: run.state === 'done' ? 1 : run.total === 0 ? 0 : Math.min(1, run.judged / run.total),
  lastError: run.lastError,
  by: run.personName,
  createdAt: run.createdAt,
  doneAt: run.doneAt,
});

async function totals(uow: UnitOfWork, id: string, of: number): Promise<Counts> {
  const [row] = await uow.sql<Record<VerdictName, number | null>>(
    `SELECT ${sums} FROM backtest_cell WHERE run_id = $1 AND side = $2`,
    [id, of],
  );
  return countsOf(row ?? {});
}

function countsOf(row: Partial<Record<VerdictName, number | null>>): Counts {
  const counts = Object.fromEntries(names.map((name) => [name, row[name] ?? 0])) as Record<VerdictName, number>;
  return { ...counts, opened: names.reduce((sum, name) => sum + counts[name], 0) };
}

async function bars(uow: UnitOfWork, id: string, by: 'month' | 'unit'): Promise<Bar[]> {
  const key = by === 'month' ? 'c.month::text' : 'c.unit_id';
  const rows = await uow.sql<Record<VerdictName, number> & { key: string | number; side: number; unit: string | null }>(
    `SELECT ${key} AS key, c.side, min(u.short) AS unit, ${sums} FROM backtest_cell c LEFT JOIN unit u ON u.id = c.unit_id WHERE c.run_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [id],
  );
  return [...new Set(rows.map((row) => row.key))].map((one) => {
    const of = (which: number) => countsOf(rows.find((row) => row.key === one && row.side === which) ?? {});
    const counts = { tried: of(side.tried), inForce: of(side.inForce) };
    if (by === 'month') return { month: String(one).slice(0, 7), ...counts };
    return { unitId: Number(one), unit: rows.find((row) => row.key === one)?.unit ?? '', ...counts };
  });
}

async function differenceOf(uow: UnitOfWork, id: string): Promise<Difference> {
  const [row] = await uow.sql<Difference>(
    `SELECT count(*) FILTER (WHERE t.run_id IS NOT NULL AND f.run_id IS NULL) AS newly,
       count(*) FILTER (WHERE t.run_id IS NULL AND f.run_id IS NOT NULL) AS gone,
       count(*) FILTER (WHERE t.run_id IS NOT NULL AND f.run_id IS NOT NULL) AS same
     FROM (SELECT * FROM backtest_broken WHERE run_id = $1 AND side = ${side.tried}) t
     FULL JOIN (SELECT * FROM backtest_broken WHERE run_id = $1 AND side = ${side.inForce}) f USING (subject_id, occurrence)`,
    [id],
  );
  return row ?? { newly: 0, gone: 0, same: 0 };
}

export interface BrokenRow {
  id: string;
  occurrence: string;
  number: string | null;
  unit: string | null;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  verdict: string;
  severity: number;
}

/** The duties behind a number of a run. `limit` null: all of them. */
export async function readBroken(
  uow: UnitOfWork,
  registry: Registry,
  id: string,
  list: Listed,
  page: { offset: number; limit: number | null },
): Promise<{ rows: BrokenRow[]; total: number; type: string }> {
  const run = await readRun(uow, id);
  const type = registry.get(run.subject);
  const fact = type.facts[type.number];
  if (!fact) throw notFound();
  const { side: of, where } = lists[list];
  const rows = await uow.sql<Omit<BrokenRow, 'verdict'> & { verdict: number; total: number }>(
    `SELECT b.subject_id AS id, b.occurrence, s.${quote(columnOf(type.number, fact))} AS number, u.short AS unit, b.opened_at AS "openedAt", b.due_at AS "dueAt", b.met_at AS "metAt",
       b.verdict, b.severity, count(*) OVER () AS total
     FROM backtest_broken b ${other(of)} LEFT JOIN unit u ON u.id = b.unit_id LEFT JOIN ${quote(type.name)} s ON s.id = b.subject_id
     WHERE b.run_id = $1 AND b.side = ${of} AND ${where}
     ORDER BY b.opened_at, b.subject_id, b.occurrence OFFSET $2 LIMIT $3`,
    [id, page.offset, page.limit],
  );
  return {
    type: type.name,
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _, verdict, ...row }) => ({ ...row, verdict: names[verdict - 1] ?? 'overdue' })),
  };
}

export type Advice = { level: 'yes' | 'trial' | 'no' | 'data' | 'none' | 'same'; text: Text };
