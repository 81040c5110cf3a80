import type pg from 'pg';
import type { City } from '../../server/demo/city.ts';
import type { Database } from '../../server/kernel/database.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { backtest } from '../../server/rules/everything-count.ts';
import type { CompiledRule } from '../../server/rules/rule.ts';
import type { Registry } from '../../server/subjects/registry.ts';
import { benchNow, fillAlarms } from './fill.ts';
import { type Figure, figure, interleaved, rounded, timed } from './rounds.ts';

/** One rule in a version that nobody has seen yet, over every alarm, at two sizes. */
export interface GrowthFigures {
  rule: string;
  /** A scan of the alarms, and the back-test of the new version with its broken duties, at each size. */
  sizes: { alarms: number; broken: number; scanMs: Figure; newVersionMs: Figure; allRulesMs: Figure }[];
  /** New version against one scan, at the largest size. */
  perScan: number;
  /** Milliseconds a subject at the largest size against the smallest. */
  growthOfNewVersion: number;
  growthOfAllRules: number;
}

const scan = 'SELECT count(handled_at), max(feedback_category), min(case_linked_at) FROM alarm';

/** Fills the alarms anew at each size: whatever was there is gone. */
export async function measureGrowth(plan: {
  database: Database;
  client: pg.Client;
  registry: Registry;
  city: City;
  rules: readonly CompiledRule[];
  text: string;
  sizes: readonly number[];
  rounds: number;
  say(text: string): void;
}): Promise<GrowthFigures> {
  const rule = compileRule({ file: 'new.yml', text: plan.text }, plan.registry);
  const sizes: GrowthFigures['sizes'] = [];
  for (const alarms of plan.sizes) {
    plan.say(`新版本过 ${alarms} 起警情 · a new version over ${alarms} alarms`);
    await plan.client.query('TRUNCATE alarm, alarm_dispatch, recording, link, "case" CASCADE');
    await fillAlarms(plan.client, plan.city, alarms);
    let broken = 0;
    const ms = await interleaved(plan.rounds, {
      scan: () => plan.client.query(scan),
      newVersion: async () => {
        const [count] = await backtest(plan.database, [rule], benchNow, { broken: true });
        broken = count?.broken?.length ?? 0;
      },
    });
    const all = figure([await timed(() => backtest(plan.database, plan.rules, benchNow))]);
    sizes.push({ alarms, broken, scanMs: ms.scan, newVersionMs: ms.newVersion, allRulesMs: all });
  }
  const [first, last] = [sizes[0], sizes.at(-1)];
  const growth = (of: 'newVersionMs' | 'allRulesMs'): number =>
    first && last ? rounded(last[of].median / last.alarms / (first[of].median / first.alarms)) : Number.NaN;
  return {
    rule: rule.code,
    sizes,
    perScan: last ? rounded(last.newVersionMs.median / last.scanMs.median) : Number.NaN,
    growthOfNewVersion: growth('newVersionMs'),
    growthOfAllRules: growth('allRulesMs'),
  };
}
