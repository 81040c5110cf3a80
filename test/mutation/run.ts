import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTestCluster } from '../../server/bootstrap/test-cluster.mjs';
import { applied, type Mutant, mutantsOf } from './mutants.ts';

/** What is changed, and the tests that ought to notice, cheapest first: one run of mocha that stops at the first failure. */
const language = ['places', 'language', 'constructs', 'missing', 'verdicts', 'compile', 'extensions', 'property'];
const engine = ['constructs', 'missing', 'verdicts', 'extensions', 'property', 'compile'];
const onChange = ['compile', 'constructs', 'judge', 'agree'];
const rooms: readonly [file: RegExp, tests: readonly string[]][] = [
  [/^server\/kernel\/calendar(-days|-zone)?\.ts$/, ['kernel/calendar', 'kernel/calendar-zone', 'kernel/calendar-sql']],
  [/^server\/kernel\/calendar-table\.ts$/, ['kernel/calendar-sql']],
  [/^migrations\/foundation\/calendar\.sql$/, ['kernel/calendar-sql']],
  [
    /^server\/rules\/(analyse|elaborate|elaborate-calls|negation|tree|rule-file)\.ts$/,
    language.map((one) => `rules/${one}`),
  ],
  [/^server\/rules\/(interpret|duty|moments|coverage|print-\w+|sql-text)\.ts$/, engine.map((one) => `rules/${one}`)],
  [
    /^server\/rules\/(reads|reaches|shape|judge-facts|judge|judge-text|everything|sweep)\.ts$/,
    onChange.map((one) => `rules/${one}`),
  ],
  [/^server\/subjects\/(links|touched)\.ts$/, ['subjects/relations', 'subjects/record']],
];

const help = `Changes comparisons, limits, arithmetic, boundaries and calendar rules one at a time, and runs the tests that should notice.

  --sample N   as many mutants, drawn evenly from all of them (200)
  --seed N     another draw (1)
  --only TEXT  files whose path contains it
  --jobs N     at once (1)
  --list       only says what there is

Standard output is JSON: the score by file, and every mutant that no test noticed.
`;

const budget = {
  PROPERTY_RUNS: '4',
  PROPERTY_RULES: 'fixtures',
  PROPERTY_SEED: '7',
  EXTENSION_RUNS: '25',
  AGREE_RUNS: '2',
  AGREE_SEED: '7',
  RELATION_RUNS: '4',
};
/** A mutant that never comes back has been noticed. */
const patience = 240_000;

export async function run(root: string, args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      sample: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const all = files(root)
    .filter((file) => file.includes(values.only))
    .flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')));
  const drawn = draw(all, Number(values.sample), Number(values.seed));
  if (values.list) {
    process.stdout.write(
      `${JSON.stringify(tally(all.map((mutant) => ({ mutant, end: 'survived' }))).byFile, null, 2)}\n`,
    );
    return 0;
  }
  const cluster = await openTestCluster(root);
  try {
    const waiting = [...drawn];
    const results: Result[] = [];
    await Promise.all(
      Array.from({ length: Number(values.jobs) }, async (_, job) => {
        const copy = copyOf(root, job);
        const groups = [...new Set(drawn.map((one) => testsOf(one.file)))];
        for (const tests of groups.filter((_, i) => i % Number(values.jobs) === job)) {
          if ((await mocha(copy, tests, cluster.superUrl)) !== 'survived')
            throw new Error(`these tests fail without any mutant: ${tests.join(' ')}`);
        }
        for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
          const path = join(copy, mutant.file);
          const text = readFileSync(path, 'utf8');
          writeFileSync(path, applied(text, mutant));
          const end = await mocha(copy, testsOf(mutant.file), cluster.superUrl);
          writeFileSync(path, text);
          results.push({ mutant, end });
          process.stderr.write(
            `${results.length}/${drawn.length} ${end} ${mutant.file}:${mutant.line} ${mutant.how} ${mutant.from} → ${mutant.to || '∅'}\n`,
          );
        }
        rmSync(copy, { recursive: true, force: true });
      }),
    );
    process.stdout.write(
      `${JSON.stringify({ seed: Number(values.seed), mutants: all.length, ...tally(results) }, null, 2)}\n`,
    );
  } finally {
    await cluster.release();
  }
  return 0;
}

type End = 'killed' | 'survived' | 'timed out';
interface Result {
  mutant: Mutant;
  end: End;
}

const files = (root: string): string[] =>
  ['server/kernel', 'server/rules', 'server/subjects', 'migrations/foundation']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => rooms.some(([pattern]) => pattern.test(file)))
    .sort();

const testsOf = (file: string): readonly string[] => rooms.find(([pattern]) => pattern.test(file))![1];

/** Every n-th of them in a shuffled order: the same for the same seed, and fair to small files. */
function draw(all: readonly Mutant[], sample: number, seed: number): Mutant[] {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return all
    .map((mutant) => ({ mutant, key: next() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, sample)
    .map(({ mutant }) => mutant);
}

/** A checkout of its own to be changed: nobody's files are touched, whatever happens. */
function copyOf(root: string, job: number): string {
  const copy = join(root, '.mingjing', `mutation-${job}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of [
    'server',
    'test',
    'migrations',
    'audit-rules',
    'policies',
    'package.json',
    'tsconfig.json',
    '.mocharc.json',
  ])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function mocha(copy: string, tests: readonly string[], superUrl: string): Promise<End> {
  const paths = tests.map((name) => `test/${name}.test.ts`).filter((path) => existsSync(join(copy, path)));
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', '--bail', ...paths], {
    cwd: copy,
    env: { ...process.env, ...budget, TEST_DATABASE_URL: superUrl },
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve('timed out');
    }, patience);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? 'survived' : 'killed');
    });
  });
}

function tally(results: readonly Result[]) {
  const noticed = (some: readonly Result[]): number => some.filter(({ end }) => end !== 'survived').length;
  const share = (some: readonly Result[]): number => Math.round((noticed(some) / some.length) * 1000) / 10;
  const names = [...new Set(results.map(({ mutant }) => mutant.file))].sort();
  return {
    tried: results.length,
    noticed: noticed(results),
    score: results.length === 0 ? null : share(results),
    byFile: Object.fromEntries(
      names.map((file) => {
        const some = results.filter(({ mutant }) => mutant.file === file);
        return [file, { tried: some.length, noticed: noticed(some), score: share(some) }];
      }),
    ),
    survived: results
      .filter(({ end }) => end === 'survived')
      .map(({ mutant: { file, line, how, from, to } }) => ({ file, line, how, from, to })),
  };
}
