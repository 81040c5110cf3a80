import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createRegistry } from './app.ts';
import type { Command } from './cli.ts';
import { openRuntime } from './engine.ts';
import { queueImport } from './imports/import-run.ts';
import { MappingError } from './imports/mapping.ts';
import { parseMapping } from './imports/parse.ts';
import { type ImportResult, importFile } from './imports/run.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import { identityKeyOf } from './organisation/identity.ts';

/** `mingjing import`: exit code 0 when every row is in, 3 when some are in the error file, 1 when it stopped. */
export const importCommand: Command = {
  usage: 'import MAPPING.yml FILE [--dry-run] [--errors FILE] [--later] [--json]',
  help: `按映射文件导入 CSV（含 .gz）；可重复执行，已入库的行跳过 · imports a CSV file (also .gz) by a mapping; may be run again
  --dry-run  全部读取并检查，不写入 · reads and checks everything, writes nothing
  --errors   读不进的行（行号、列、原因），默认 FILE.errors.csv · where rows that cannot be read go
  --later    交给后台任务执行 · leaves it to the worker
  退出码 exit code: 0 全部入库 all in · 3 部分行有误 some rows wrong · 1 中止 stopped`,
  run: async (args, surroundings) => {
    const given = argumentsOf(args);
    if (!given) return 2;
    const { values, positionals } = given;
    const [mappingFile, file, ...rest] = positionals;
    if (!mappingFile || !file || rest.length > 0) {
      process.stderr.write(`用法 · usage: mingjing ${importCommand.usage}\n`);
      return 2;
    }
    return plainly(async () => {
      const registry = createRegistry();
      const mapping = parseMapping(mappingFile, await readFile(mappingFile, 'utf8'), registry);
      await surroundings.openDatabase();
      const config = readConfig();
      const database = await openDatabase({ url: config.databaseUrl, poolSize: 4 });
      try {
        const { runtime } = await openRuntime(database, registry, { demonstration: config.mode === 'demonstration' });
        if (values.later) {
          await queueImport(runtime, resolve(mappingFile), resolve(file));
          process.stdout.write('已交后台导入 · the worker will import it\n');
          return 0;
        }
        const result = await importFile(runtime, registry, mapping, file, {
          dryRun: values['dry-run'],
          identityKey: identityKeyOf(config),
          ...(values.errors ? { errors: values.errors } : {}),
          progress: (rows) => void (values.json || process.stderr.write(`\r  ${rows} 行 · rows`)),
        });
        process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : told(result));
        return result.wrong > 0 ? 3 : 0;
      } finally {
        await database.close();
      }
    });
  },
};

function argumentsOf(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        errors: { type: 'string' },
        later: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return null;
  }
}

/** Mistakes of a mapping and files that cannot be read are one sentence, not a stack. */
async function plainly(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isKnown = error instanceof MappingError || /^(ENOENT|EACCES|EISDIR|Z_[A-Z_]+)$/.test(code);
    if (!isKnown) throw error;
    process.stderr.write(`\n${(error as Error).message}\n`);
    return 1;
  }
}

const told = ({ rows, in: fresh, known, wrong, errors, dryRun }: ImportResult): string =>
  `\n${dryRun ? '试导入，未写入：' : ''}共${rows}行，入库${fresh}，已有${known}，有误${wrong}${errors ? `（见 ${errors}）` : ''}\n` +
  `${dryRun ? 'dry run, nothing written: ' : ''}${rows} rows, ${fresh} in, ${known} known, ${wrong} wrong${errors ? ` (see ${errors})` : ''}\n`;
