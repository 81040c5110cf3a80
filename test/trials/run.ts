import { parseArgs } from 'node:util';
import { releaseTestCluster } from '../support/database.ts';
import { trials as ours } from './index.ts';
import type { TrialResult } from './trial.ts';

const usage = `npm run --silent trials -- [NAME…] [--seed 7] [--rounds N]

  长时间试验：并发、竞争、断电、模糊输入；结果是一个 JSON，各带必须失败的对照 · the long trials, as one JSON, each with a control that must fail
`;

/** `npm run trials`: runs the trials that `args` name, or all, one after another, and prints what they found. */
export async function run(
  args: string[],
  trials = ours,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const seed = whole(values.seed);
  const rounds = values.rounds === undefined ? undefined : whole(values.rounds);
  const unknown = positionals.filter((name) => !Object.hasOwn(trials, name));
  if (values.help || !seed || rounds === null || unknown.length > 0) {
    const names = Object.keys(trials).join(' ');
    const wrong = unknown.length > 0 ? `没有试验 ${unknown.join(' ')} · there is no trial ${unknown.join(' ')}\n` : '';
    process.stderr.write(`${wrong}${usage}  NAME: ${names}\n`);
    return values.help ? 0 : 2;
  }
  const results: Record<string, TrialResult & { seconds: number }> = {};
  try {
    for (const name of positionals.length > 0 ? positionals : Object.keys(trials)) {
      const say = (text: string): boolean => process.stderr.write(`  ${name}: ${text}\n`);
      const began = performance.now();
      const found = await trials[name]?.()
        .then((trial) => trial.run({ seed, say, ...(rounds && { rounds }) }))
        // a trial that breaks off has failed; the others still run
        .catch((error: Error) => ({ passed: false, counts: {}, control: null, error: error.stack ?? error.message }));
      if (found) results[name] = { ...found, seconds: Math.round((performance.now() - began) / 100) / 10 };
    }
  } finally {
    if (trials === ours) await releaseTestCluster();
  }
  const passed = Object.values(results).every((result) => result.passed);
  print(`${JSON.stringify({ passed, seed, ...(rounds && { rounds }), trials: results }, null, 2)}\n`);
  return passed ? 0 : 1;
}

function whole(text: string): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value <= 10_000_000 ? value : null;
}
