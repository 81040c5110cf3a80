/** `npm run bench`: measurements on a database of their own with the settings of the product; prints JSON. */
import { join } from 'node:path';
import { openInstallation } from './database.mjs';
import { ensureInstalled } from './install.mjs';
import { openHome } from './machine.mjs';
import { sayOnStderr } from './sentences.mjs';

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function run(root, args) {
  sayOnStderr();
  await ensureInstalled(root);
  const { register } = await import('tsx/esm/api');
  register();
  // never on somebody's data: beside them
  process.env['MINGJING_HOME'] = join(openHome(root), 'bench');
  process.env['MINGJING_HOME'] = openHome(root);
  const installation = await openInstallation(root, process.env['MINGJING_HOME']);
  try {
    const { run: measure } = await import('../../test/bench/run.ts');
    return await measure(args);
  } finally {
    await installation.release();
  }
}
