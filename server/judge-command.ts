import { parseArgs } from 'node:util';
import { createRegistry } from './app.ts';
import type { Command } from './cli.ts';
import { instantArgument } from './date-arguments.ts';
import { systemClock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { loadCatalogue, shippedRules } from './rules/catalogue.ts';
import { RuleErrors } from './rules/errors.ts';
import { backtest, type VerdictCount } from './rules/everything-count.ts';
import { type VerdictName, verdicts } from './rules/rule.ts';

/** `mingjing judge`: what rules of a folder say of the records that are there; nothing is stored. */
export const judgeCommand: Command = {
  usage: 'judge [--rules DIR] [--at 2026-10-31T00:00] [--broken] [--json]',
  help: '按规则目录试判全部数据，按规则列出结果 · verdicts per rule over all records (a back-test: nothing is stored)',
  run: async (args, surroundings) => {
    const { values } = parseArgs({
      args,
      options: {
        rules: { type: 'string', default: shippedRules },
        at: { type: 'string' },
        broken: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const now = values.at ? instantArgument(values.at) : systemClock.now();
    if (!now) {
      process.stderr.write('--at 应为 2026-10-31T00:00 · is no instant\n');
      return 2;
    }
    const rules = rulesOf(values.rules);
    if (!rules) return 1;
    await surroundings.openDatabase();
    const database = await openDatabase({ url: readConfig().databaseUrl, poolSize: 2 });
    try {
      const counts = await backtest(database, rules, now, { broken: values.broken });
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ at: now, rules: counts })}\n`
          : counts.map((one) => `${lineOf(one)}\n`).join(''),
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};

/** Mistakes of rule files come as lines, not as a stack. */
function rulesOf(folder: string) {
  try {
    return loadCatalogue(folder, createRegistry()).map(({ rule }) => rule);
  } catch (error) {
    const known = error instanceof RuleErrors || (error instanceof Error && 'code' in error && error.code === 'ENOENT');
    if (!known) throw error;
    process.stderr.write(
      `${error instanceof RuleErrors ? error.message : `没有目录 · there is no folder ${folder}`}\n`,
    );
    return null;
  }
}

const names = Object.keys(verdicts) as VerdictName[];

const lineOf = (one: VerdictCount): string =>
  [`${one.rule} v${one.version}`, ...names.map((name) => `${name} ${one.verdicts[name]}`)].join('  ');
