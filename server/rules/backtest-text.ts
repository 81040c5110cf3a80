import type { Tx } from '../kernel/database.ts';
import { type CompiledRule, verdicts } from './rule.ts';

/** Codes of `backtest_cell.side`. */
export const side = { tried: 1, inForce: 2 } as const;

const names = Object.entries(verdicts);

/**
 * Judges some subjects and writes what came out to the run's tables, in one statement.
 * $1 uuid[] of subject ids, $2 timestamptz as of, $3 uuid of the run, $4 int[] of units, $5 side.
 * `own`: a list of the run's own parameters stands in the place of the table, which nobody else then sees changed.
 */
export function chunkText(rule: CompiledRule, params: 'own' | 'stored'): string {
  const lent = `rule_param AS (SELECT rule_code, name, key, unit_id, from_on, to_on, amount, unit FROM backtest_param WHERE run_id = $3),\n`;
  return `WITH ${params === 'own' ? lent : ''}judged AS MATERIALIZED (
  SELECT j.* FROM (
${rule.sql}
  ) j
  WHERE $4::int[] IS NULL OR EXISTS (SELECT FROM unit w WHERE w.id = j.unit_id AND w.path && $4::int[])
), counted AS (
  INSERT INTO backtest_cell AS c (run_id, side, unit_id, month, ${names.map(([name]) => name).join(', ')})
  SELECT $3::uuid, $5::smallint, coalesce(unit_id, 0), date_trunc('month', local_day(opened_at)::timestamp)::date,
    ${names.map(([, code]) => `count(*) FILTER (WHERE verdict = ${code})`).join(', ')}
  FROM judged GROUP BY 3, 4
  ON CONFLICT (run_id, side, unit_id, month) DO UPDATE SET ${names.map(([name]) => `${name} = c.${name} + excluded.${name}`).join(', ')}
)
INSERT INTO backtest_broken (run_id, side, subject_id, occurrence, unit_id, person_id, opened_at, due_at, met_at, verdict, severity)
SELECT $3::uuid, $5::smallint, subject_id, occurrence, unit_id, person_id, opened_at, due_at, met_at, verdict, severity
FROM judged WHERE verdict IN (${verdicts.late}, ${verdicts.overdue})`;
}

/**
 * The parameters of a run: the numbers of the text that is tried, whenever it would come into force, and what bureau and
 * units have set for themselves, which would stay.
 */
export async function freezeParams(tx: Tx, run: string, rule: CompiledRule): Promise<void> {
  const own = rule.params.flatMap(({ name, unit, values }) =>
    values.map(({ key, amount }) => ({ name, key, amount, unit })),
  );
  await tx.sql(
    `INSERT INTO backtest_param (run_id, rule_code, name, key, unit_id, from_on, to_on, amount, unit)
     SELECT $1::uuid, $2::text, p.name, p.key, NULL, '-infinity'::date, NULL, p.amount, p.unit FROM jsonb_to_recordset($3::jsonb) AS p (name text, key text, amount numeric, unit text)
     UNION ALL
     SELECT $1::uuid, p.rule_code, p.name, p.key, p.unit_id, p.from_on, p.to_on, p.amount, p.unit FROM rule_param p
     JOIN jsonb_to_recordset($3::jsonb) AS own (name text, key text, amount numeric, unit text) ON own.name = p.name AND own.key = p.key AND own.unit = p.unit
     WHERE p.rule_code = $2 AND (p.unit_id IS NOT NULL OR isfinite(p.from_on) AND NOT EXISTS (
       SELECT FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $2 AND local_day(v.from_at) = p.from_on))`,
    [run, rule.code, JSON.stringify(own)],
  );
}
