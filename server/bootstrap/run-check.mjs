/** `npm run check`: what a change must pass before it is shown to anybody; under a minute. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { fastTests, mocha } from './run-tests.mjs';
import { say } from './sentences.mjs';

/**
 * @param {string} root
 * @returns {Promise<number>} how many of the checks failed
 */
export async function run(root) {
  await ensureInstalled(root);
  /** @param {string} file */
  const has = (file) => existsSync(join(root, file));
  const tsc = 'node_modules/typescript/bin/tsc';
  /** @type {[string, string, () => Promise<number>][]} */
  const checks = [
    [
      '格式与写法',
      'format and lint',
      () => runNode(root, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']),
    ],
    ['类型', 'types', () => runNode(root, [tsc, '-p', '.'])],
  ];
  if (has('admin-ui/tsconfig.json'))
    checks.push(['管理界面的类型', 'types of the back office', () => runNode(root, [tsc, '-p', 'admin-ui'])]);
  if (has('server/cli.ts'))
    checks.push(['镜像', 'mirrors', () => runNode(root, ['server/start.mjs', 'cli', 'mirrors', '--check'])]);
  checks.push(['快速测试', 'fast tests', () => mocha(root, ['--reporter', 'dot', ...fastTests(root)])]);

  const failed = [];
  for (const [zh, en, check] of checks) {
    say(`\n— ${zh}`, en);
    if ((await check()) !== 0) failed.push(`${zh} · ${en}`);
  }
  say(
    failed.length === 0 ? '\n全部通过' : `\n未通过：${failed.join('；')}`,
    failed.length === 0 ? 'all clean' : 'failed',
  );
  return failed.length === 0 ? 0 : 1;
}
