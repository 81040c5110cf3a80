import pg from 'pg';
import { locks } from './locks.ts';

/** The three database roles of ADR "three roles": nobody at run time is a superuser or owns a table. */
const roles = `
DO $$ BEGIN
  IF to_regrole('mingjing_owner') IS NULL THEN CREATE ROLE mingjing_owner LOGIN; END IF;
  IF to_regrole('mingjing_engine') IS NULL THEN CREATE ROLE mingjing_engine NOLOGIN; END IF;
  -- NOINHERIT: the app has the engine's rights only while a unit of work has entered that role
  IF to_regrole('mingjing_app') IS NULL THEN CREATE ROLE mingjing_app LOGIN NOINHERIT; END IF;
  IF NOT pg_has_role('mingjing_app', 'mingjing_engine', 'MEMBER') THEN GRANT mingjing_engine TO mingjing_app; END IF;
END $$`;

/** A C.UTF-8 character type lets pg_trgm see Chinese; ICU orders it by pinyin. */
const locale = `ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`;

/** Makes what is missing of the roles. `superUrl` is a login that may create roles. */
export async function prepareRoles(superUrl: string, password?: string): Promise<void> {
  await withClient(superUrl, async (client) => {
    // roles belong to the whole server: two processes must not make them at once
    await client.query('SELECT pg_advisory_lock($1)', [locks.roles]);
    await client.query(roles);
    if (password) {
      for (const role of ['mingjing_owner', 'mingjing_app'])
        await client.query(`ALTER ROLE ${role} PASSWORD ${client.escapeLiteral(password)}`);
    }
    await client.query('SELECT pg_advisory_unlock($1)', [locks.roles]);
  });
}

/** Makes an empty database, or a copy of `template`, that belongs to mingjing_owner. False when it is there already. */
export async function createDatabase(superUrl: string, name: string, template?: string): Promise<boolean> {
  return withClient(superUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return false;
    const database = client.escapeIdentifier(name);
    const from = template ? `TEMPLATE ${client.escapeIdentifier(template)}` : `TEMPLATE template0 ${locale}`;
    await client.query(`CREATE DATABASE ${database} OWNER mingjing_owner ${from}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO mingjing_app, mingjing_engine`);
    return true;
  });
}

/** The address of another login or database on the same server. */
export function addressOf(url: string, login: string, database: string): string {
  // a socket address has no host and the URL class refuses it
  const parts = /^postgres(?:ql)?:\/\/(?:[^:@/]*(:[^@/]*)?@)?([^/?]*)[^?]*(.*)$/.exec(url) ?? [];
  const [, password = '', host = '', query = ''] = parts;
  return `postgres://${login}${password}@${host}/${database}${query}`;
}

/** Runs `work` on one connection of its own, outside every pool. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
