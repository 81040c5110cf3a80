/** `npm run mutation`: changes the engine one operator at a time and counts what the tests notice; prints JSON. */
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
  const { register } = await import('tsx/esm/api');
  register();
  const { run: mutate } = await import('../../test/mutation/run.ts');
  return mutate(root, args);
}
