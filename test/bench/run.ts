import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../server/kernel/config.ts';
import { measure } from './measure.ts';

const usage = `npm run --silent bench -- [--alarms 200000] [--rounds 5]

  在自己的库里测速，结果是一个 JSON；比值才有意义 · measures in a database of its own and prints JSON; the ratios are what counts
  一份留在 <MINGJING_HOME>/bench/bench.json，执行计划在 plans/ · a copy stays there, plans beside it
`;

/** `npm run bench`: prints what was measured as one JSON document. The database of `readConfig()` is empty. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      alarms: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '5' },
      help: { type: 'boolean', default: false },
    },
  });
  const [alarms, rounds] = [Number(values.alarms), Number(values.rounds)];
  const isWrong =
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
    say: (text) => process.stderr.write(`${text}\n`),
  });
  const text = `${JSON.stringify(measured, null, 2)}\n`;
  writeFileSync(join(home, 'bench.json'), text);
  process.stdout.write(text);
  return 0;
}
