import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../server/kernel/config.ts';
import { measure } from './measure.ts';

const usage = `npm run --silent bench -- [--alarms 200000] [--rounds 5] [--peers] [--growth 100000,1000000]

  在自己的库里测速，结果是一个 JSON；比值才有意义 · measures in a database of its own and prints JSON; the ratios are what counts
  --peers 另装对照引擎（json-rules-engine、Zen、DuckDB）同场比较 · installs other engines and measures them on the same rows
  --growth 新规则版本在几种规模上的耗时 · a new rule version at several sizes
  一份留在 <MINGJING_HOME>/bench/bench.json，执行计划在 plans/ · a copy stays there, plans beside it
`;

/** `npm run bench`: prints what was measured as one JSON document. The database of `readConfig()` is empty. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      alarms: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '5' },
      peers: { type: 'boolean', default: false },
      growth: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [alarms, rounds] = [Number(values.alarms), Number(values.rounds)];
  const growth = values.growth?.split(',').map(Number);
  const isWrong =
    growth?.some((size) => !Number.isInteger(size) || size < 1 || size > 10_000_000) ||
    !Number.isInteger(alarms) ||
    alarms < 1 ||
    alarms > 10_000_000 ||
    !Number.isInteger(rounds) ||
    rounds < 1 ||
    rounds > 20;
  if (values.help || isWrong) {
    process.stderr.write(usage);
    return values.help ? 0 : 2;
  }
  const { home, databaseUrl, ownerUrl } = readConfig();
  const measured = await measure({
    databaseUrl,
    ownerUrl,
    folder: join(home, 'plans'),
    alarms,
    rounds,
    peers: values.peers,
    ...(growth && { growth }),
    say: (text) => process.stderr.write(`${text}\n`),
  });
  const text = `${JSON.stringify(measured, null, 2)}\n`;
  writeFileSync(join(home, 'bench.json'), text);
  process.stdout.write(text);
  return 0;
}
