/**
 * The one entry of every npm script. Until the packages are there it uses Node built-ins only: it checks the machine,
 * installs, starts or adopts the database, and only then loads TypeScript.
 */
import { fileURLToPath } from 'node:url';
import { checkNode } from './bootstrap/machine.mjs';
import { PlainStop } from './bootstrap/sentences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** @type {Record<string, () => Promise<{ run(root: string, args: string[]): Promise<number> }>>} */
const commands = {
  start: () => import('./bootstrap/run-server.mjs'),
  dev: () => import('./bootstrap/run-dev.mjs'),
  test: () => import('./bootstrap/run-tests.mjs'),
  check: () => import('./bootstrap/run-check.mjs'),
  bench: () => import('./bootstrap/run-bench.mjs'),
  mutation: () => import('./bootstrap/run-mutation.mjs'),
  trials: () => import('./bootstrap/run-trials.mjs'),
  cli: () => import('./bootstrap/run-cli.mjs'),
};

const help = `明镜 Mingjing

  npm start [-- --production]   启动：安装、数据库、演示数据、管理界面 · install, database, demo data, back office
  npm test [-- FILES]           全部测试 · all tests
  npm run check                 格式、类型、镜像、快速测试 · format, types, mirrors, fast tests
  npm run dev                   随改随启 · restart on change
  npm run bench                 测速，输出 JSON · measurements as JSON
  npm run mutation              变异测试，输出 JSON · what the tests of the engine notice, as JSON
  npm run trials                长时间试验，输出 JSON · kills, races, interleavings and fuzz at length, as JSON
  npm run mingjing -- COMMAND   命令行 · command line (--help)

  PORT  MINGJING_HOME  DATABASE_URL  DATABASE_OWNER_URL  REDIS_URL  PUBLIC_URL  MINGJING_MODE=production
`;

const [name = 'start', ...args] = process.argv.slice(2);
const load = commands[name];
if (!load || (args.includes('--help') && !['cli', 'test', 'bench', 'mutation', 'trials'].includes(name))) {
  process.stdout.write(help);
  process.exit(load || name === '--help' ? 0 : 1);
}
try {
  checkNode(root);
  const { run } = await load();
  process.exitCode = await run(root, args);
  // a client that keeps its connection must not keep a stopped server alive
  if (name === 'start') process.exit();
} catch (error) {
  // what was foreseen is one sentence; only what nobody foresaw shows where it came from
  process.stderr.write(`${error instanceof PlainStop ? error.message : /** @type {Error} */ (error).stack}\n`);
  process.exit(1);
}
