import type { Database, Tx } from '../kernel/database.ts';
import { type CompiledRule, type VerdictName, verdicts } from './rule.ts';

/** Verdicts of one rule version over all subjects, as of one instant. */
export interface VerdictCount {
  rule: string;
  version: number;
  subject: string;
  obligations: number;
  verdicts: Record<VerdictName, number>;
  broken?: BrokenDuty[];
}

export interface BrokenDuty {
  subjectId: string;
  occurrence: string;
  unitId: number | null;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  verdict: 'late' | 'overdue';
}

class Undo extends Error {}

/** Back-test of rules over what the database holds, as the engine; nothing of it stays. */
export async function backtest(
  database: Database,
  rules: readonly CompiledRule[],
  now: Date,
  options: { broken?: boolean; onProgress?: (done: number) => void } = {},
): Promise<VerdictCount[]> {
  let counts: VerdictCount[] = [];
  try {
    await database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      await lendParams(tx, rules);
      counts = await countVerdicts(tx, rules, now, options);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return counts;
}

/**
 * Judges whole tables by rules that this database need not hold, one set-based statement a rule, and stores
 * nothing. Must run in a transaction that is rolled back: parameters of unknown rules are lent to
 * `rule_param` for its length (`lendParams`).
 */
export async function countVerdicts(
  tx: Tx,
  rules: readonly CompiledRule[],
  now: Date,
  options: { broken?: boolean; onProgress?: (done: number) => void } = {},
): Promise<VerdictCount[]> {
  const counts: VerdictCount[] = [];
  for (const rule of rules) {
    const [row] = await tx.sql<Record<'obligations' | VerdictName, number>>(rule.countSql, [now]);
    counts.push({
      rule: rule.code,
      version: rule.version,
      subject: rule.subject,
      obligations: row?.obligations ?? 0,
      verdicts: Object.fromEntries(
        Object.keys(verdicts).map((name) => [name, row?.[name as VerdictName] ?? 0]),
      ) as Record<VerdictName, number>,
      ...(options.broken ? { broken: await brokenOf(tx, rule, now) } : {}),
    });
    options.onProgress?.(counts.length);
  }
  return counts;
}

async function brokenOf(tx: Tx, rule: CompiledRule, now: Date): Promise<BrokenDuty[]> {
  const rows = await tx.sql<{
    subject_id: string;
    occurrence: string;
    unit_id: number | null;
    opened_at: Date;
    due_at: Date | null;
    met_at: Date | null;
    verdict: number;
  }>(rule.brokenSql, [now]);
  return rows.map((row) => ({
    subjectId: row.subject_id,
    occurrence: row.occurrence,
    unitId: row.unit_id,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    metAt: row.met_at,
    verdict: row.verdict === verdicts.late ? 'late' : 'overdue',
  }));
}

/** Makes the rules' own parameter values readable where the database has none; the transaction must not commit them. */
export async function lendParams(tx: Tx, rules: readonly CompiledRule[]): Promise<void> {
  for (const rule of rules) {
    for (const { name, unit, values } of rule.params) {
      for (const { key, amount } of values) {
        await tx.sql(
          `INSERT INTO rule_param (rule_code, name, key, unit_id, from_on, amount, unit) VALUES ($1, $2, $3, NULL, $4, $5, $6) ON CONFLICT DO NOTHING`,
          [rule.code, name, key, rule.version === 1 ? '-infinity' : rule.inForce.from, amount, unit],
        );
      }
    }
  }
}
