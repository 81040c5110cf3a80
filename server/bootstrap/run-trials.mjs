/** `npm run trials`: the long forms of what the tests try briefly, with a fixed seed and a control each; prints JSON. */
import { ensureInstalled } from './install.mjs';
import { sayOnStderr } from './sentences.mjs';

/**
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function run(root, args) {
  sayOnStderr();
  await ensureInstalled(root);
  // whatever the shell points at, a trial never runs on somebody's data
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'MINGJING_HOME', 'MINGJING_MODE', 'PORT'])
    delete process.env[name];
  const { register } = await import('tsx/esm/api');
  register();
  const { run: tryAll } = await import('../../test/trials/run.ts');
  return tryAll(args);
}
