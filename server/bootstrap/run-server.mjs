/** `npm start`: everything that a fresh clone lacks, then the server until somebody stops it. */
import { ensureAdminUi } from './admin-ui.mjs';
import { openInstallation } from './database.mjs';
import { ensureInstalled } from './install.mjs';
import { checkPort, openHome, portStop } from './machine.mjs';
import { say } from './sentences.mjs';
import { untilStopped } from './stop.mjs';

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function run(root, args) {
  process.chdir(root);
  if (args.includes('--production')) process.env['MINGJING_MODE'] = 'production';
  const port = Number(process.env['PORT'] || 8080);
  if (Number.isInteger(port)) await checkPort(port, process.env['HOST']);
  process.env['MINGJING_HOME'] = openHome(root);
  await ensureInstalled(root);
  const { register } = await import('tsx/esm/api');
  register();

  const stopping = untilStopped();
  const opening = openInstallation(root, process.env['MINGJING_HOME'] ?? '');
  const serving = serveOn(opening, args.includes('--no-ui') ? undefined : ensureAdminUi(root), port);
  serving.catch(() => {}); // told below, unless the stop comes first
  const lost = opening.then((installation) => installation.supervise()).then(() => stopping);
  lost.catch(() => {});
  try {
    // a signal while it is still starting ends it without waiting for the rest, but never leaves the database behind
    const served = await Promise.race([serving, stopping, lost]);
    await Promise.race([stopping, lost]);
    say('正在停止', 'stopping');
    if (served) await served.stop();
    return 0;
  } finally {
    await opening.then(
      (installation) => installation.release(),
      () => {}, // it let go of what it had
    );
  }
}

/**
 * @param {Promise<unknown>} opening the database
 * @param {Promise<unknown> | undefined} building the back office
 * @param {number} port
 */
async function serveOn(opening, building, port) {
  building?.catch(() => {}); // told once the database is there
  await opening;
  await building;
  const { serve } = await import('../main.ts');
  return serve().catch((error) => {
    throw portStop(port, error);
  });
}
