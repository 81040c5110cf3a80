/** `npm run mingjing -- COMMAND`: the command line. A command that needs the database asks for it. */
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
  // standard output belongs to the command (--json)
  sayOnStderr();
  await ensureInstalled(root);
  const { register } = await import('tsx/esm/api');
  register();
  /** @type {{ release(): Promise<void> } | undefined} */
  let installation;
  const stop = () => {
    // a second one, or none that helps: the lease of a dead process counts for nothing
    Promise.resolve(installation?.release()).finally(() => process.exit(130));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  try {
    const { run: runCommand } = await import('../cli.ts');
    return await runCommand(args, {
      openDatabase: async () => {
        process.env['MINGJING_HOME'] = openHome(root);
        installation ??= await openInstallation(root, process.env['MINGJING_HOME']);
      },
    });
  } finally {
    await installation?.release();
  }
}
