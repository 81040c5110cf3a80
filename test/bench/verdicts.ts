import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, Tx } from '../../server/kernel/database.ts';
import { type CompiledRule, type VerdictName, verdicts } from '../../server/rules/rule.ts';
import { type Figure, interleaved, rounded } from './rounds.ts';

/** The back-test of one rule over all alarms. */
export interface RuleFigures {
  rule: string;
  obligations: number;
  verdicts: Record<VerdictName, number>;
  /** Rows written: late and overdue. */
  broken: number;
  countMs: Figure;
  brokenMs: Figure;
  /** Both together against one scan of the alarms, and against scans of all tables that the rule reads. */
  perScanOfAlarms: number;
  perScanOfItsTables: number;
}

export interface VerdictFigures {
  scansMs: Record<string, Figure>;
  rules: RuleFigures[];
  /** One statement for each rule that counts, and the broken duties of all rules with their evidence as one table. */
  verdictsMs: number;
  brokenToTableMs: Figure;
  totalMs: number;
  ratioToScan: number;
  ratioToScansOfAllTables: number;
  slowest: { rule: string; plan: string };
}

/** Every column is a heap read: no index alone can answer. */
const scans: Readonly<Record<string, string>> = {
  alarm: 'SELECT count(handled_at), max(feedback_category), min(case_linked_at) FROM alarm',
  alarm_dispatch: 'SELECT count(handled_at), max(camera_exempt), min(fed_back_at) FROM alarm_dispatch',
  recording: 'SELECT count(ended_at), max(source), min(uploaded_at) FROM recording',
  link: 'SELECT count(relation), max(own_id::text) FROM link',
};

/** Judges all alarms by all alarm rules, beside plain sequential scans of the tables; nothing of it stays. */
export async function measureVerdicts(
  database: Database,
  rules: readonly CompiledRule[],
  now: Date,
  rounds: number,
  folder: string,
): Promise<VerdictFigures> {
  return database.transaction(async (tx) => {
    await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
    const at = `timestamptz '${now.toISOString()}'`;
    const things: Record<string, () => Promise<unknown>> = {};
    for (const [table, text] of Object.entries(scans)) things[`scan ${table}`] = () => tx.sql(text);
    for (const rule of rules) {
      things[`count ${rule.code}`] = () => tx.sql(rule.countSql, [now]);
      things[`broken ${rule.code}`] = () => intoTable(tx, rule.brokenSql.replaceAll('$1::timestamptz', at));
    }
    things['broken'] = () =>
      intoTable(
        tx,
        rules
          .map(
            ({ code, brokenSql }) =>
              `SELECT '${code}' AS rule, b.* FROM (${brokenSql.replaceAll('$1::timestamptz', at)}) b`,
          )
          .join('\nUNION ALL\n'),
      );
    const figures = await interleaved(rounds, things);

    const msOf = (name: string): Figure => figures[name] ?? { median: Number.NaN, rounds: [] };
    const scanOf = (tables: readonly string[]): number =>
      tables.reduce((sum, table) => sum + msOf(`scan ${table}`).median, 0);
    const scanned = scanOf(['alarm']);
    const found: RuleFigures[] = [];
    for (const rule of rules) {
      const [row] = await tx.sql<Record<'obligations' | VerdictName, number>>(rule.countSql, [now]);
      const [written] = await tx.sql<{ n: number }>(
        `SELECT count(*) AS n FROM bench_broken WHERE rule = '${rule.code}'`,
      );
      const [countMs, brokenMs] = [msOf(`count ${rule.code}`), msOf(`broken ${rule.code}`)];
      const ms = countMs.median + brokenMs.median;
      found.push({
        rule: rule.code,
        obligations: row?.obligations ?? 0,
        verdicts: Object.fromEntries(
          Object.keys(verdicts).map((name) => [name, row?.[name as VerdictName] ?? 0]),
        ) as Record<VerdictName, number>,
        broken: written?.n ?? 0,
        countMs,
        brokenMs,
        perScanOfAlarms: rounded(ms / scanned),
        perScanOfItsTables: rounded(ms / scanOf(tablesOf(rule))),
      });
    }
    const verdictsMs = found.reduce((sum, { countMs }) => sum + countMs.median, 0);
    const totalMs = verdictsMs + msOf('broken').median;
    const slowest = [...found].sort(
      (a, b) => b.countMs.median + b.brokenMs.median - a.countMs.median - a.brokenMs.median,
    )[0];
    return {
      scansMs: Object.fromEntries(Object.keys(scans).map((table) => [table, msOf(`scan ${table}`)])),
      rules: found,
      verdictsMs: rounded(verdictsMs),
      brokenToTableMs: msOf('broken'),
      totalMs: rounded(totalMs),
      ratioToScan: rounded(totalMs / scanned),
      ratioToScansOfAllTables: rounded(totalMs / scanOf(Object.keys(scans))),
      slowest: await explain(
        tx,
        rules.find(({ code }) => code === slowest?.rule),
        now,
        folder,
      ),
    };
  });
}

/** A table of its own each time, as a back-test writes it: made with its rows, no index. */
async function intoTable(tx: Tx, text: string): Promise<void> {
  await tx.sql('DROP TABLE IF EXISTS bench_broken');
  await tx.sql(`CREATE TEMP TABLE bench_broken AS ${text}`);
}

function tablesOf(rule: CompiledRule): string[] {
  const read = new Set(rule.reads.map((one) => one.split('.')[0] ?? ''));
  return Object.keys(scans).filter((table) => table === 'alarm' || read.has(table));
}

async function explain(
  tx: Tx,
  rule: CompiledRule | undefined,
  now: Date,
  folder: string,
): Promise<{ rule: string; plan: string }> {
  if (!rule) return { rule: '', plan: '' };
  const texts: string[] = [];
  for (const sql of [rule.countSql, rule.brokenSql]) {
    const rows = await tx.sql<Record<string, string>>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, [now]);
    texts.push(rows.map((row) => row['QUERY PLAN']).join('\n'), sql);
  }
  const plan = join(folder, `slowest-${rule.code}.txt`);
  writeFileSync(plan, `${texts.join('\n\n')}\n`);
  return { rule: rule.code, plan };
}
