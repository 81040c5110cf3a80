import { shownZone } from '../kernel/calendar.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

const month = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone, year: 'numeric', month: '2-digit' });
const year = new Intl.DateTimeFormat('sv-SE', { timeZone: shownZone, year: 'numeric' });

/**
 * Takes the next numbers of running series, several at once: two units of work never get the same one. The order of
 * the series is the order of their locks.
 * @returns for each series the last number before the ones taken
 */
export async function advance(uow: UnitOfWork, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const series = [...counts.keys()].sort();
  const rows = await uow.sql<{ series: string; last: number }>(
    `INSERT INTO number_series AS n (series, last) SELECT s.series, s.count FROM unnest($1::text[], $2::int[]) AS s (series, count) ORDER BY s.series
     ON CONFLICT (series) DO UPDATE SET last = n.last + excluded.last RETURNING n.series, n.last`,
    [series, series.map((one) => counts.get(one) ?? 0)],
    { name: 'take numbers' },
  );
  return new Map(rows.map((row) => [row.series, row.last - (counts.get(row.series) ?? 0)]));
}

/** WT-990102-202611-00042: area of the responsible unit, month of raising, running number. One for each unit given. */
export async function takeNumbers(uow: UnitOfWork, units: readonly (number | null)[]): Promise<string[]> {
  const rows = await uow.sql<{ id: number; area: string }>(
    'SELECT id, left(code, 6) AS area FROM unit WHERE id = ANY($1::int[])',
    [[...new Set(units)]],
    { name: 'areas of units' },
  );
  const areas = new Map(rows.map((row) => [row.id, row.area]));
  const series = units.map(
    (unit) => `WT-${areas.get(unit ?? 0) ?? '000000'}-${month.format(uow.now).replace('-', '')}`,
  );
  const counts = new Map<string, number>();
  for (const one of series) counts.set(one, (counts.get(one) ?? 0) + 1);
  const next = await advance(uow, counts);
  return series.map((one) => {
    const number = (next.get(one) ?? 0) + 1;
    next.set(one, number);
    return `${one}-${String(number).padStart(5, '0')}`;
  });
}

/** 望公督字〔2026〕3号: a paper of the office in charge of a unit, numbered by the year. `kind` is 督, 催 … */
export async function takePaperNumber(uow: UnitOfWork, unit: number, kind: string): Promise<string> {
  const [office] = await uow.sql<{ short: string }>(
    `SELECT a.short FROM unit u JOIN unit a ON a.id = ANY(u.path) WHERE u.id = $1 ORDER BY CASE WHEN a.kind IN ('bureau', 'city') THEN 0 ELSE 1 END, cardinality(a.path) DESC LIMIT 1`,
    [unit],
    { name: 'issuing office' },
  );
  const series = `${office?.short ?? ''}${kind}字〔${year.format(uow.now).slice(0, 4)}〕`;
  const last = await advance(uow, new Map([[series, 1]]));
  return `${series}${(last.get(series) ?? 0) + 1}号`;
}
