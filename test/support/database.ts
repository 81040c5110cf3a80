import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../migrations/index.ts';
import { isAlive } from '../../server/bootstrap/lease.mjs';
import { openTestCluster } from '../../server/bootstrap/test-cluster.mjs';
import { type Database, type DatabaseOptions, openDatabase } from '../../server/kernel/database.ts';
import { addressOf, createDatabase, prepareRoles, withClient } from '../../server/kernel/roles.ts';

/** A database of a suite's own: everything migrated, nothing in it. */
export interface TestDatabase {
  /** Opened as mingjing_app, like the server. */
  database: Database;
  url: string;
  ownerUrl: string;
  /** Superuser address of the same database, for tests that tamper. */
  superUrl: string;
  /** Closes it and removes it. */
  drop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
let server: Promise<{ superUrl: string; release(): Promise<void> }> | undefined;
let count = 0;

/** Clones the migrated template: some 100 ms. Call it in `before`, and `drop` in `after`. */
export async function testDatabase(options: Omit<DatabaseOptions, 'url'> = {}): Promise<TestDatabase> {
  const template = await testTemplate();
  count += 1;
  return open(`test_${process.pid}_${count}`, template, options);
}

/** A database without any table, for tests of migration and of the first start. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const { superUrl } = await testServer();
  await prepareRoles(superUrl, passwordOf(superUrl));
  count += 1;
  return open(`test_${process.pid}_${count}`, undefined, {});
}

/** Superuser address of the test server: TEST_DATABASE_URL, or a cluster of our own. */
export function testServer(): Promise<{ superUrl: string; release(): Promise<void> }> {
  server ??= openTestCluster(root);
  return server;
}

/** Lets go of the cluster; the last test run to do so stops it. */
export async function releaseTestCluster(): Promise<void> {
  await (await server)?.release();
  server = undefined;
}

async function open(
  name: string,
  template: string | undefined,
  options: Omit<DatabaseOptions, 'url'>,
): Promise<TestDatabase> {
  const { superUrl } = await testServer();
  await createDatabase(superUrl, name, template);
  const url = addressOf(superUrl, 'mingjing_app', name);
  const database = await openDatabase({ poolSize: 4, ...options, url });
  return {
    database,
    url,
    ownerUrl: addressOf(superUrl, 'mingjing_owner', name),
    superUrl: addressOf(superUrl, loginOf(superUrl), name),
    drop: async () => {
      await database.close();
      await withClient(superUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** The template is named by the text of the migrations, so a changed migration makes a new one. */
async function testTemplate(): Promise<string> {
  const { superUrl } = await testServer();
  const name = `template_${migrationsHash()}`;
  await withClient(superUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(7305128)');
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    await dropLeftovers(client);
    await prepareRoles(superUrl, passwordOf(superUrl));
    const half = `half_${process.pid}`;
    await createDatabase(superUrl, half);
    await migrate(addressOf(superUrl, 'mingjing_owner', half));
    await client.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  });
  return name;
}

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** Databases of test runs that died, and templates of older migrations. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname ~ '^(test|half)_\\d+'`,
  );
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[1]))) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

function migrationsHash(): string {
  const folder = join(root, 'migrations');
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 12);
}

function loginOf(url: string): string {
  return /^postgres(?:ql)?:\/\/([^:@/]+)/.exec(url)?.[1] ?? 'postgres';
}

function passwordOf(url: string): string | undefined {
  const password = /^postgres(?:ql)?:\/\/[^:@/]*:([^@/]+)@/.exec(url)?.[1];
  return password && decodeURIComponent(password);
}
