import { parseArgs } from 'node:util';
import { createRegistry } from './app.ts';
import type { Command } from './cli.ts';
import { openRuntime } from './engine.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { inUnitOfWork, type UnitOfWork } from './kernel/unit-of-work.ts';
import { setState, type VersionState } from './rules/catalogue-store.ts';
import { systemActor } from './rules/sweep.ts';
import { explainOnConsole } from './rules-explain.ts';

const states: Readonly<Record<string, VersionState>> = { enact: 'enacted', try: 'trial', repeal: 'repealed' };

/**
 * `mingjing rules`: a production database adopts the shipped rules on trial; the legal office enacts them one by one,
 * each with the day from which it counts (起算日). Running servers take the change up when they are started again.
 */
export const rulesCommand: Command = {
  usage: 'rules [list | enact CODE… --go-live 2026-12-01 | try CODE… | repeal CODE… | explain CODE SUBJECT [--json]]',
  help: '查看、启用、试运行或停用监督规则（改后须重启服务）· lists, enacts, tries or repeals rules; restart the servers afterwards',
  run: async (args, surroundings) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'go-live': { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [verb = 'list', ...codes] = positionals;
    if (verb === 'explain' && codes.length === 2) {
      await surroundings.openDatabase();
      return explainOnConsole(codes[0] ?? '', codes[1] ?? '', values.json);
    }
    const state = states[verb];
    const goLive = values['go-live'] ?? null;
    const isDate = goLive !== null && /^\d{4}-\d\d-\d\d$/.test(goLive);
    if ((verb !== 'list' && (!state || codes.length === 0)) || (verb === 'enact') !== isDate) {
      process.stderr.write(`用法 · usage: mingjing ${rulesCommand.usage}\n`);
      return 2;
    }
    await surroundings.openDatabase();
    const config = readConfig();
    const database = await openDatabase({ url: config.databaseUrl, poolSize: 2 });
    try {
      const demonstration = config.mode === 'demonstration';
      const { runtime, engine } = await openRuntime(database, createRegistry(), { demonstration });
      const wanted = engine.rules.filter(({ rule }) => codes.includes(rule.code));
      const unknown = codes.filter((code) => !wanted.some(({ rule }) => rule.code === code));
      if (unknown.length > 0) {
        process.stderr.write(`没有规则 · there is no rule ${unknown.join(', ')}\n`);
        return 1;
      }
      if (state) {
        const change = async (uow: UnitOfWork) => {
          for (const { rule } of wanted) {
            await setState(uow, rule.code, rule.version, state, goLive);
            const changes = { state, goLive };
            uow.log({
              action: `rule.${verb}`,
              objectType: 'rule',
              objectId: rule.code,
              objectVersion: rule.version,
              changes,
            });
          }
        };
        await inUnitOfWork(runtime, systemActor, change, { as: 'engine' });
      }
      const shown = state ? wanted.map((one) => ({ ...one, state, goLive })) : engine.rules;
      for (const { rule, state: now, goLive: from } of shown)
        process.stdout.write(
          `${rule.code.padEnd(8)} v${rule.version}  ${now.padEnd(8)} ${from ?? '-'.padEnd(10)}  ${rule.title.zh}\n`,
        );
      return 0;
    } finally {
      await database.close();
    }
  },
};
