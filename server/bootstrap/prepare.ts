import { migrate, migrationNames } from '../../migrations/index.ts';
import { createDatabase, prepareRoles, withClient } from '../kernel/roles.ts';
import { PlainStop } from './sentences.mjs';

/** Which database to bring into shape. `superUrl` is given for the embedded server alone, which has nobody else. */
export interface Addresses {
  superUrl?: string;
  ownerUrl: string;
  appUrl: string;
  database: string;
}

/** Roles and database where we rule the server, then the migrations, then a look at what the app's login may do. */
export async function prepareDatabase(addresses: Addresses): Promise<string[]> {
  const { superUrl, ownerUrl, appUrl, database } = addresses;
  if (superUrl) {
    await prepareRoles(superUrl);
    await createDatabase(superUrl, database);
  }
  await checkServer(ownerUrl);
  await checkRelease(ownerUrl);
  const ran = await migrate(ownerUrl);
  await checkLogin(appUrl);
  return ran;
}

async function checkServer(ownerUrl: string): Promise<void> {
  const { version, roles } = await reach(ownerUrl, 'DATABASE_OWNER_URL', async (client) => {
    const { rows } = await client.query<{ version: number; roles: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version,
              to_regrole('mingjing_app') IS NOT NULL AND to_regrole('mingjing_engine') IS NOT NULL AS roles`,
    );
    return rows[0] ?? { version: 0, roles: false };
  });
  if (version < 150_000) {
    const name = Math.floor(version / 10_000);
    throw new PlainStop(
      `需要 PostgreSQL 15 以上，所指定的为 ${name}。`,
      `PostgreSQL 15 or later is needed; this is ${name}.`,
    );
  }
  if (!roles) {
    // an owner who may create roles does it; otherwise the administrator of the server has to
    await prepareRoles(ownerUrl).catch(() => {
      throw new PlainStop(
        '数据库里没有 mingjing_app、mingjing_engine 角色，请数据库管理员按 README“使用单位自己的 PostgreSQL”一节建立。',
        'The roles mingjing_app and mingjing_engine are missing: ask the database administrator to create them as the README says.',
      );
    });
  }
}

/** A newer release keeps what this one knows nothing of, and would judge, hide or forbid otherwise: it must not write there. */
async function checkRelease(ownerUrl: string): Promise<void> {
  const unknown = await reach(ownerUrl, 'DATABASE_OWNER_URL', async (client) => {
    const table = await client.query<{ there: boolean }>(`SELECT to_regclass('migration') IS NOT NULL AS there`);
    if (!table.rows[0]?.there) return [];
    const { rows } = await client.query<{ name: string }>(
      'SELECT name FROM migration WHERE name <> ALL ($1) ORDER BY name',
      [migrationNames],
    );
    return rows.map(({ name }) => name);
  });
  if (unknown.length > 0)
    throw new PlainStop(
      `数据库已由更新的版本升级（${unknown.join('、')}），本版本拒绝启动；请改用新版本，或恢复升级之前的备份。`,
      `A newer release has migrated this database (${unknown.join(', ')}): start refused. Use that release, or the backup made before it.`,
    );
}

/** A superuser or the owner would walk through every wall, so the start is refused. */
async function checkLogin(appUrl: string): Promise<void> {
  const mighty = await reach(appUrl, 'DATABASE_URL', async (client) => {
    const table = await client.query(`SELECT to_regclass('public.step') AS step`);
    if (!table.rows[0]?.step)
      throw new PlainStop(
        'DATABASE_URL 和 DATABASE_OWNER_URL 指向的不是同一个数据库。',
        'DATABASE_URL and DATABASE_OWNER_URL do not name the same database.',
      );
    const { rows } = await client.query<{ mighty: boolean }>(
      `SELECT rolsuper OR rolbypassrls OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'step'::regclass), 'MEMBER')
         AS mighty FROM pg_roles WHERE rolname = session_user`,
    );
    return rows[0]?.mighty;
  });
  if (mighty)
    throw new PlainStop(
      'DATABASE_URL 的登录名是超级用户或库表所有者，拒绝启动；请改用 mingjing_app。',
      'The login of DATABASE_URL is a superuser or the owner of the tables: start refused, use mingjing_app.',
    );
}

async function reach<T>(url: string, name: string, work: Parameters<typeof withClient<T>>[1]): Promise<T> {
  return withClient(url, work).catch((error: { code?: string; message: string }) => {
    if (error instanceof PlainStop) throw error;
    throw new PlainStop(`连不上 ${name} 指定的数据库：${error.message}`, `The database of ${name} cannot be reached.`);
  });
}
