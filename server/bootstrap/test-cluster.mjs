/** The database server of the tests: never the one that holds somebody's data. */
import { join } from 'node:path';
import { canReach, databaseUser, reachableHome } from './database-user.mjs';
import { openCluster } from './postgres.mjs';

/** What a crash would lose may be lost: it is thrown away anyway. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' };

/**
 * TEST_DATABASE_URL names a server that runs already (superuser); else one is started in `.mingjing/test`.
 * @param {string} root the checkout
 */
export async function openTestCluster(root) {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { superUrl: given, release: async () => {} };
  const wanted = join(root, '.mingjing', 'test');
  const folder = canReach(databaseUser(), wanted) ? wanted : `${reachableHome(wanted)}-test`;
  const cluster = await openCluster({ root, folder, settings: careless });
  return { superUrl: cluster.url('postgres', 'postgres'), release: cluster.release };
}
