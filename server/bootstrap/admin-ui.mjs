/** Builds the back office when its sources are not those that it was built from. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainStop, say } from './sentences.mjs';

/**
 * @param {string} root the checkout
 * @returns {Promise<boolean>} whether it was built anew
 */
export async function ensureAdminUi(root) {
  const folder = join(root, 'admin-ui');
  if (!existsSync(join(folder, 'index.html'))) return false;
  const stamp = join(folder, 'dist', '.built-from');
  const wanted = sourcesHash(root, folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  say('正在构建管理界面', 'building the back office');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', folder, '--logLevel', 'warn', '--emptyOutDir'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  if (code !== 0) {
    throw new PlainStop(`管理界面未能构建：\n${output.trim()}`, 'The back office could not be built, see above.');
  }
  writeFileSync(stamp, wanted);
  return true;
}

/**
 * @param {string} root
 * @param {string} folder
 */
function sourcesHash(root, folder) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort(byPath)) {
    const path = join(entry.parentPath, entry.name);
    const within = path.slice(folder.length + 1);
    if (entry.isFile() && !/^(dist|node_modules)\//.test(within)) hash.update(within).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * @param {import('node:fs').Dirent} a
 * @param {import('node:fs').Dirent} b
 */
function byPath(a, b) {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}
