import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createRegistry } from './app.ts';
import type { Command, Surroundings } from './cli.ts';
import { isDay } from './date-arguments.ts';
import { openRuntime } from './engine.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { Problem } from './kernel/errors.ts';
import { type Actor, inUnitOfWork, type Runtime } from './kernel/unit-of-work.ts';
import { act } from './rules/life/acts.ts';
import { createDraft } from './rules/life/drafts.ts';
import { versionsOf } from './rules/life/version.ts';
import { systemActor } from './rules/sweep.ts';
import { backtestOnConsole } from './rules-backtest.ts';
import { explainOnConsole } from './rules-explain.ts';
import type { Registry } from './subjects/registry.ts';

const verbs = ['list', 'export', 'import', 'enact', 'try', 'repeal'] as const;
type Verb = (typeof verbs)[number];

interface Wanted {
  verb: Verb;
  names: string[];
  version?: number;
  goLive?: string;
  reader?: string;
  by?: string;
  remark: string;
}

/**
 * `mingjing rules`: what the back office does one by one, for a paper that was signed as a whole: a production database
 * adopts the shipped rules on trial, and they are enacted in the names of the two who signed. Running servers take a
 * change up by themselves.
 */
export const rulesCommand: Command = {
  usage:
    'rules [list | export CODE [--version N] | import FILE… --by 警号 | enact CODE… --go-live 2026-12-01 --reader 警号 --by 警号 | try CODE… | repeal CODE… --remark TEXT | explain CODE SUBJECT [--json] | backtest FILE --from DAY --to DAY [--units 北门所,16] [--json]]',
  help: '查看、导出、导入、启用、试运行或停用监督规则，说明判定，历史回测 · lists, exports, imports, enacts, tries, repeals, explains and back-tests rules',
  run: async (args, surroundings) => {
    if (args[0] === 'explain') return explain(args.slice(1), surroundings);
    if (args[0] === 'backtest') return backtest(args.slice(1), surroundings);
    const wanted = wantedOf(args);
    if (!wanted) {
      process.stderr.write(`用法 · usage: mingjing ${rulesCommand.usage}\n`);
      return 2;
    }
    await surroundings.openDatabase();
    const config = readConfig();
    const database = await openDatabase({ url: config.databaseUrl, poolSize: 2 });
    try {
      const registry = createRegistry();
      const { runtime, engine } = await openRuntime(database, registry, {
        demonstration: config.mode === 'demonstration',
      });
      if (wanted.verb === 'list') {
        for (const { rule, state, goLive } of engine.rules)
          process.stdout.write(
            `${rule.code.padEnd(8)} v${String(rule.version).padEnd(5)} ${state.padEnd(8)} ${goLive ?? '-'.padEnd(10)}  ${rule.title.zh}\n`,
          );
        return 0;
      }
      return await runRules(runtime, registry, wanted);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      process.stderr.write(`${error.zh} · ${error.en}\n`);
      return 1;
    } finally {
      await database.close();
    }
  },
};

async function explain(args: string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 2) {
    process.stderr.write('用法 · usage: mingjing rules explain CODE SUBJECT [--json]\n');
    return 2;
  }
  await surroundings.openDatabase();
  return explainOnConsole(positionals[0] ?? '', positionals[1] ?? '', values.json);
}

async function backtest(args: string[], surroundings: Surroundings): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, from: text, to: text, units: text },
  });
  const { from, to, json } = values;
  if (positionals.length !== 1 || !isDay(from) || !isDay(to) || from > to) {
    process.stderr.write(
      '用法 · usage: mingjing rules backtest FILE --from DAY --to DAY [--units 北门所,16] [--json]\n',
    );
    return 2;
  }
  await surroundings.openDatabase();
  const units = (values.units ?? '').split(',').filter(Boolean);
  return backtestOnConsole({ file: positionals[0] ?? '', from, to, units, json });
}

function wantedOf(args: string[]): Wanted | null {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'go-live': text, version: text, reader: text, by: text, remark: text },
  });
  const [first = 'list', ...names] = positionals;
  const verb = verbs.find((one) => one === first);
  const [goLive, version] = [values['go-live'], values.version === undefined ? undefined : Number(values.version)];
  if (!verb || (verb !== 'list') !== names.length > 0) return null;
  if (verb === 'enact' && !(isDay(goLive) && values.reader && values.by)) return null;
  if ((verb === 'import' && !values.by) || (version !== undefined && !Number.isInteger(version))) return null;
  return {
    verb,
    names,
    remark: values.remark ?? '据纸质审签单办理',
    ...(goLive && { goLive }),
    ...(version !== undefined && { version }),
    ...(values.reader && { reader: values.reader }),
    ...(values.by && { by: values.by }),
  };
}

/** Rule by rule; the first that is refused ends it. Returns the exit code. */
async function runRules(runtime: Runtime, registry: Registry, wanted: Wanted): Promise<number> {
  const { verb, names, remark, goLive } = wanted;
  const as = <T>(actor: Actor, work: Parameters<typeof inUnitOfWork<T>>[2]): Promise<T> =>
    inUnitOfWork(runtime, actor, work, { as: 'engine' });
  const [reader, by] = [await personOf(runtime, wanted.reader), await personOf(runtime, wanted.by)];
  if (!reader || !by) {
    process.stderr.write('没有这个警号 · there is nobody of that number\n');
    return 1;
  }
  for (const name of names) {
    if (verb === 'import') {
      const made = await as(by, (uow) => createDraft(uow, registry, readFileSync(name, 'utf8')));
      process.stdout.write(`${made.code} v${made.version} ${made.state}\n`);
      continue;
    }
    const versions = await as(systemActor, (uow) => versionsOf(uow, name));
    const version =
      versions.find((one) => one.version === wanted.version) ??
      (wanted.version === undefined ? (versions.find((one) => one.state !== 'draft') ?? versions[0]) : undefined);
    if (!version) {
      process.stderr.write(`没有规则 · there is no rule ${name}\n`);
      return 1;
    }
    if (verb === 'export') process.stdout.write(version.text);
    if (verb === 'enact') {
      await as(reader, (uow) => act(uow, registry, 'sign', version, { remark }));
      await as(by, (uow) => act(uow, registry, 'enact', version, { remark, goLive: goLive ?? null }));
    }
    if (verb === 'try' || verb === 'repeal') {
      if (version.state === 'enacted') {
        // as on the paper: proposed by the office, read by one, done by another
        if (!wanted.reader || !wanted.by) {
          process.stderr.write(
            '规则已启用，请以 --reader、--by 写明审签人和办理人 · in force: name --reader and --by\n',
          );
          return 1;
        }
        await as(systemActor, (uow) =>
          act(uow, registry, verb === 'try' ? 'propose_trial' : 'propose_repeal', version, { remark }),
        );
        await as(reader, (uow) => act(uow, registry, 'sign', version, { remark }));
      }
      const name = verb === 'try' && version.state === 'enacted' ? 'suspend' : verb;
      await as(by, (uow) => act(uow, registry, name, version, { remark }));
    }
    if (verb !== 'export') process.stdout.write(`${version.code} v${version.version} ${verb}\n`);
  }
  return 0;
}

/** In whose name it is done; the system's where nobody is named. */
async function personOf(runtime: Runtime, number: string | undefined): Promise<Actor | null> {
  if (number === undefined) return systemActor;
  const [person] = await runtime.database.transaction((tx) =>
    tx.sql<{ id: number; name: string; unit_id: number; unit: string }>(
      `SELECT p.id, p.name, p.unit_id, u.name AS unit FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.number = $1 AND p.disabled_at IS NULL`,
      [number],
    ),
  );
  if (!person) return null;
  return {
    ...systemActor,
    personId: person.id,
    name: person.name,
    unitId: person.unit_id,
    unitName: person.unit,
    reach: 'all',
  };
}
