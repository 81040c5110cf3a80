import { parseArgs } from 'node:util';
import { createRegistry } from './app.ts';
import type { Command } from './cli.ts';
import { instantArgument } from './date-arguments.ts';
import { refusals } from './demo/drive.ts';
import { canTell, readPlan, seedCity } from './demo/seed.ts';
import { compareWithTruth, writeTruth } from './demo/truth.ts';
import { openRuntime } from './engine.ts';
import { systemClock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';

/** `mingjing demo`: tells a city into an empty database and holds the engine against what was planted. */
export const demoCommand: Command = {
  usage: 'demo [--officers 120] [--days 30] [--seed 7] [--until 2026-10-31T00:00] [--truth FILE] [--json]',
  help: '生成演示城市，并以植入的真值核对规则引擎 · tells the demonstration city and holds the engine against the planted truth',
  run: async (args, surroundings) => {
    const { values } = parseArgs({
      args,
      options: {
        officers: { type: 'string', default: '120' },
        days: { type: 'string', default: '30' },
        seed: { type: 'string', default: '7' },
        until: { type: 'string' },
        truth: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const [officers, days, seed] = [values.officers, values.days, values.seed].map(Number);
    const until = values.until ? instantArgument(values.until) : systemClock.now();
    if (
      !officers ||
      officers < 60 ||
      officers > 5000 ||
      !days ||
      days < 7 ||
      days > 730 ||
      seed === undefined ||
      !Number.isSafeInteger(seed) ||
      !until
    ) {
      process.stderr.write(
        '参数有误：--officers 60-5000，--days 7-730，--seed 整数，--until 2026-10-31T00:00 · wrong arguments\n',
      );
      return 2;
    }
    await surroundings.openDatabase();
    const database = await openDatabase({ url: readConfig().databaseUrl });
    try {
      const registry = createRegistry();
      const { runtime } = await openRuntime(database, registry, { demonstration: true });
      const there = await readPlan(runtime);
      if (there && (!canTell(there) || there.seed !== seed || there.officers !== officers || there.days !== days)) {
        process.stderr.write(
          `库中已有另一座演示城市（种子 ${there.seed}，${there.officers} 人，${there.days} 天），请换一个空库 · another city is there: take an empty database\n`,
        );
        return 2;
      }
      const seeded = await seedCity(
        runtime,
        registry,
        { seed, officers, days },
        { until, progress: (done, of) => progress(values.json, done, of) },
      );
      if (values.truth)
        await writeTruth(values.truth, { seed, officers, days, until: until.toISOString() }, seeded.truth);
      const comparison = await database.transaction(async (tx) => {
        await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
        return compareWithTruth(tx.sql, seeded.truth);
      });
      report(values.json, { steps: seeded.steps, acts: seeded.acts, refused: refusals(), ...comparison });
      return there || comparison.missing + comparison.extra + comparison.different === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  },
};

function progress(quiet: boolean | undefined, done: number, of: number): void {
  if (!quiet && (done % 10 === 0 || done === of)) process.stderr.write(`  第 ${done}/${of} 天 · day\n`);
}

function report(
  json: boolean | undefined,
  result: {
    steps: number;
    acts: number;
    refused: Record<string, number>;
    truth: number;
    engine: number;
    missing: number;
    extra: number;
    different: number;
    byRule: Record<string, number>;
    samples: unknown[];
  },
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  process.stdout.write(
    `环节 ${result.steps}，闭环操作 ${result.acts}；应办事项 植入 ${result.truth}，判定 ${result.engine}，缺 ${result.missing}，多 ${result.extra}，异 ${result.different}\n` +
      `steps ${result.steps}, acts of the loop ${result.acts}; duties planted ${result.truth}, judged ${result.engine}, missing ${result.missing}, extra ${result.extra}, different ${result.different}\n`,
  );
  for (const [rule, n] of Object.entries(result.byRule)) process.stdout.write(`${rule} ${n}\n`);
  for (const sample of result.samples) process.stdout.write(`${JSON.stringify(sample)}\n`);
}
