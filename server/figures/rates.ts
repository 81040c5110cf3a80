import type { Tx } from '../kernel/database.ts';

/** Verdicts of a month, a unit or a rule, beside each other: design.md §1, Denominators. */
export interface Rate {
  /** First day of the month of the due time, in the bureau's zone; null unless asked for by month. */
  month: string | null;
  unitId: number | null;
  rule: string | null;
  met: number;
  late: number;
  overdue: number;
  /** In no rate, shown beside it. */
  pending: number;
  excused: number;
  unknown: number;
  /** met + late + overdue */
  owed: number;
  /** met ÷ owed; null where nothing is owed. */
  rate: number | null;
}

export interface RateQuery {
  /** First and last month, 'YYYY-MM'. */
  from: string;
  to: string;
  /** The unit and everything below it; null: the whole bureau. Access is the caller's business. */
  unitId: number | null;
  /** No other units than these: what the reader may see. */
  units?: readonly number[];
  by: readonly ('month' | 'unit' | 'rule')[];
  rules?: readonly string[];
  /** Limits of the loop itself (FND-…) are no enforcement duties: counted only when asked for. */
  loop?: boolean;
}

/**
 * Rate = met ÷ (met + late + overdue), by the unit that owed. Settled verdicts come from the cells, pending, overdue and
 * unknown from the open duties. Trial versions and duties from before the 起算日 are in neither.
 */
export async function rates(tx: Tx, query: RateQuery): Promise<Rate[]> {
  const by = { month: 'c.month::text', unit: 'c.unit_id', rule: 'r.code' };
  const column = (name: keyof typeof by, type: string) => (query.by.includes(name) ? by[name] : `NULL::${type}`);
  const rows = await tx.sql<Omit<Rate, 'owed' | 'rate'>>(
    `WITH scope AS MATERIALIZED (SELECT id FROM unit WHERE $3::int IS NULL OR $3 = ANY(path)),
     counted AS (
       SELECT unit_id, version_id, month, met, late, 0 AS overdue, 0 AS pending, excused, 0 AS unknown FROM cell WHERE month BETWEEN $1 AND $2
       UNION ALL
       SELECT unit_id, version_id, month, 0, 0, count(*) FILTER (WHERE verdict = 4), count(*) FILTER (WHERE verdict = 1), 0, count(*) FILTER (WHERE verdict = 6)
       FROM (SELECT coalesce(unit_id, 0) AS unit_id, version_id, date_trunc('month', local_day(coalesce(due_at, opened_at))::timestamp)::date AS month, verdict
             FROM obligation WHERE verdict IN (1, 4, 6) AND NOT trial) o
       WHERE month BETWEEN $1 AND $2 GROUP BY unit_id, version_id, month
     )
     SELECT ${column('month', 'text')} AS month, ${column('unit', 'int')} AS "unitId", ${column('rule', 'text')} AS rule,
       sum(met) AS met, sum(late) AS late, sum(overdue) AS overdue, sum(pending) AS pending, sum(excused) AS excused, sum(unknown) AS unknown
     FROM counted c JOIN rule_version v ON v.id = c.version_id JOIN rule r ON r.id = v.rule_id
     WHERE ($3::int IS NULL OR c.unit_id IN (SELECT id FROM scope)) AND ($4::text[] IS NULL OR r.code = ANY($4)) AND ($5 OR r.code NOT LIKE 'FND-%') AND ($6::int[] IS NULL OR c.unit_id = ANY($6))
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [`${query.from}-01`, `${query.to}-01`, query.unitId, query.rules ?? null, query.loop ?? false, query.units ?? null],
  );
  return rows.map((row) => {
    const owed = row.met + row.late + row.overdue;
    return { ...row, owed, rate: owed === 0 ? null : row.met / owed };
  });
}
