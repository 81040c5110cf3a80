/** `npm run bench`: measurements on a database of their own with the settings of the product; prints JSON. */
import { join } from 'node:path';
import { openInstallation } from './database.mjs';
import { ensureInstalled } from './install.mjs';
import { openHome } from './machine.mjs';
import { openCluster } from './postgres.mjs';
import { PlainStop, sayOnStderr } from './sentences.mjs';

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
  const { run: measure } = await import('../../test/bench/run.ts');
  if (args.includes('--help')) return measure(args);
  // never on somebody's data: beside them
  process.env['MINGJING_HOME'] = join(openHome(root), 'bench');
  process.env['MINGJING_HOME'] = openHome(root);
  const cluster = await forgetLast(root, process.env['MINGJING_HOME']);
  const installation = await openInstallation(root, process.env['MINGJING_HOME']);
  try {
    await refuseData();
    return await measure(args);
  } finally {
    await installation.release();
    await cluster?.release();
  }
}

/**
 * Removes what the last run left in the embedded server.
 * @param {string} root
 * @param {string} home
 */
async function forgetLast(root, home) {
  if (process.env['DATABASE_URL'] || process.env['DATABASE_OWNER_URL']) return undefined;
  const { withClient } = await import('../kernel/roles.ts');
  const cluster = await openCluster({ root, folder: join(home, 'postgres') });
  await withClient(cluster.url('postgres', 'postgres'), (client) =>
    client.query('DROP DATABASE IF EXISTS mingjing WITH (FORCE)'),
  );
  return cluster;
}

/** The embedded database is made anew; one that is named by its address must be empty. */
async function refuseData() {
  const { withClient } = await import('../kernel/roles.ts');
  const { rows } = await withClient(process.env['DATABASE_OWNER_URL'] ?? '', (client) =>
    client.query('SELECT EXISTS (SELECT FROM alarm) OR EXISTS (SELECT FROM unit) OR EXISTS (SELECT FROM step) AS used'),
  );
  if (rows[0]?.used)
    throw new PlainStop(
      'DATABASE_URL 指向的库里已有数据，测速只在空库里进行。',
      'The database of DATABASE_URL holds data: the bench needs an empty one.',
    );
}
