import type pg from 'pg';
import type { Database, Tx } from '../../../server/kernel/database.ts';
import type { CompiledRule } from '../../../server/rules/rule.ts';
import { type Figure, interleaved, rounded } from '../rounds.ts';
import { duck } from './duck.ts';
import { judgeByHand } from './hand-written.ts';
import { jsonRules } from './json-rules.ts';
import { installPeers } from './packages.ts';
import { type AlarmRow, type Broken, contested, loadRows, workingDays, writeBroken } from './rows.ts';
import { zen } from './zen.ts';

/** The back-test of the contested rules, what is broken written with its evidence, by several engines on the same rows. */
export interface PeerFigures {
  rules: readonly string[];
  broken: number;
  /** From the rows in PostgreSQL to a table with what is broken; DuckDB has its copy already. */
  ms: Record<string, Figure>;
  /** How many times as long as the rules engine it took. */
  times: Record<string, number>;
  loadMs: number;
}

/** @throws Error when a contender finds other duties broken than the rules engine */
export async function measurePeers(plan: {
  database: Database;
  client: pg.Client;
  rules: readonly CompiledRule[];
  now: Date;
  rounds: number;
  folder: string;
  say(text: string): void;
}): Promise<PeerFigures> {
  const { database, client, now, rounds } = plan;
  installPeers(plan.say);
  const rules = plan.rules.filter(({ code }) => (contested as readonly string[]).includes(code));
  const next = await workingDays(client);
  const [byJsonRules, byZen] = [await jsonRules(now.getTime()), await zen(now.getTime())];
  const inDuck = await duck(client, plan.folder, now.getTime());
  const found = new Map<string, readonly Broken[]>();
  const outside = (name: string, judge: (alarms: readonly AlarmRow[]) => Promise<Broken[]> | Broken[]) => async () => {
    const broken = await judge(await loadRows(client));
    await writeBroken(client, broken);
    found.set(name, broken);
  };
  return database.transaction(async (tx) => {
    await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
    const ms = await interleaved(rounds, {
      mingjing: () => judgeInPlace(tx, rules, now),
      'hand-written': outside('hand-written', (alarms) => judgeByHand(alarms, next, now.getTime())),
      'json-rules-engine': outside('json-rules-engine', (alarms) => byJsonRules(alarms, next)),
      'zen-engine': outside('zen-engine', (alarms) => byZen(alarms, next)),
      duckdb: () => inDuck.judge(),
      load: async () => void (await loadRows(client)),
    });
    const own = await tx.sql<{ key: string }>(
      'SELECT rule || subject_id || occurrence AS key FROM bench_broken ORDER BY 1',
    );
    const wanted = own.map(({ key }) => key);
    for (const [name, broken] of found)
      agree(
        name,
        wanted,
        broken.map(({ rule, subject, occurrence }) => `${rule}${subject}${occurrence}`),
      );
    const none = '00000000-0000-0000-0000-000000000000';
    agree(
      'duckdb',
      wanted,
      (await inDuck.rows()).map(([rule, subject, part]) => `${rule}${subject}${part ?? none}`),
    );
    const { load, ...contenders } = ms;
    return {
      rules: contested,
      broken: wanted.length,
      ms: contenders,
      times: Object.fromEntries(
        Object.entries(contenders).map(([name, figure]) => [name, rounded(figure.median / ms.mingjing.median)]),
      ),
      loadMs: load.median,
    };
  });
}

/** What the back-test does: one table of what is broken. */
async function judgeInPlace(tx: Tx, rules: readonly CompiledRule[], now: Date): Promise<void> {
  const at = `timestamptz '${now.toISOString()}'`;
  const text = rules
    .map(
      ({ code, brokenSql }) => `SELECT '${code}' AS rule, b.* FROM (${brokenSql.replaceAll('$1::timestamptz', at)}) b`,
    )
    .join('\nUNION ALL\n');
  await tx.sql('DROP TABLE IF EXISTS bench_broken');
  await tx.sql(`CREATE TEMP TABLE bench_broken AS ${text}`);
}

function agree(name: string, wanted: readonly string[], keys: readonly string[]): void {
  const [own, theirs] = [new Set(wanted), new Set(keys)];
  const missing = wanted.filter((key) => !theirs.has(key));
  const extra = keys.filter((key) => !own.has(key));
  if (missing.length + extra.length > 0)
    throw new Error(
      `${name} finds other duties broken: ${missing.length} missing (${missing[0] ?? ''}), ${extra.length} extra (${extra[0] ?? ''})`,
    );
}
