/** `npm run dev`: the server starts again when its sources change; vite serves the back office with hot reload. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { openInstallation } from './database.mjs';
import { ensureInstalled } from './install.mjs';
import { openHome } from './machine.mjs';

const watched = ['server', 'migrations', 'policies', 'audit-rules'];

/**
 * @param {string} root
 * @returns {Promise<number>}
 */
export async function run(root) {
  process.env['MINGJING_HOME'] = openHome(root);
  await ensureInstalled(root);
  const { register } = await import('tsx/esm/api');
  register();
  // holds the database while the server below comes and goes
  const installation = await openInstallation(root, process.env['MINGJING_HOME']);
  try {
    const paths = watched.map((folder) => `--watch-path=${folder}`);
    const server = runNode(root, ['--watch-preserve-output', ...paths, 'server/start.mjs', 'start', '--no-ui']);
    const ui = existsSync(join(root, 'admin-ui', 'index.html'))
      ? runNode(root, ['node_modules/vite/bin/vite.js', 'admin-ui'])
      : Promise.resolve(0);
    return Math.max(...(await Promise.all([server, ui])));
  } finally {
    await installation.release();
  }
}
