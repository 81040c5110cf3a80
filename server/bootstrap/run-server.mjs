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
  /** @type {(() => Promise<void>)[]} what to undo, the last first */
  const undo = [];
  try {
    const work = (async () => {
      const ui = args.includes('--no-ui') ? Promise.resolve(false) : ensureAdminUi(root);
      ui.catch(() => {}); // told below, once the database is in hand and can be let go
      const installation = await openInstallation(root, process.env['MINGJING_HOME'] ?? '');
      undo.push(installation.release);
      await ui;
      const { serve } = await import('../main.ts');
      const served = await serve().catch((error) => {
        throw portStop(port, error);
      });
      undo.push(served.stop);
    })();
    // a signal while it is still starting must not leave the database behind
    await Promise.race([work, stopping]);
    await stopping;
    await work;
    say('正在停止', 'stopping');
    return 0;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}
