/** The database of this installation: an existing server by address, or the embedded one of the home folder. */
import { join } from 'node:path';
import { openCluster } from './postgres.mjs';
import { PlainStop, say } from './sentences.mjs';

/**
 * Starts or adopts what is needed, brings it up to date and leaves its addresses in the environment, where the
 * configuration reads them.
 * @param {string} root
 * @param {string} home
 * @returns {Promise<{ release(): Promise<void>, supervise(): Promise<void> }>}
 */
export async function openInstallation(root, home) {
  const { DATABASE_URL: app, DATABASE_OWNER_URL: owner } = process.env;
  const { prepareDatabase } = await import('./prepare.ts');
  if (app || owner) {
    if (!app || !owner)
      throw new PlainStop(
        'DATABASE_URL（mingjing_app）和 DATABASE_OWNER_URL（mingjing_owner）必须同时指定。',
        'DATABASE_URL (mingjing_app) and DATABASE_OWNER_URL (mingjing_owner) must both be given.',
      );
    tellMigrations(await prepareDatabase({ ownerUrl: owner, appUrl: app, database: '' }));
    return { release: async () => {}, supervise: () => new Promise(() => {}) };
  }
  const cluster = await openCluster({ root, folder: join(home, 'postgres'), say });
  try {
    const ownerUrl = cluster.url('mingjing_owner', 'mingjing');
    const appUrl = cluster.url('mingjing_app', 'mingjing');
    const superUrl = cluster.url('postgres', 'postgres');
    if (cluster.adopted) say('沿用正在运行的数据库', 'the database was running already');
    tellMigrations(await prepareDatabase({ superUrl, ownerUrl, appUrl, database: 'mingjing' }));
    process.env['DATABASE_URL'] = appUrl;
    process.env['DATABASE_OWNER_URL'] = ownerUrl;
  } catch (error) {
    await cluster.release();
    throw error;
  }
  return cluster;
}

/** @param {string[]} names */
function tellMigrations(names) {
  for (const name of names) say(`数据库升级 ${name}`, 'migrated');
}
