import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainStop } from './bootstrap/sentences.mjs';
import { systemClock } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import type { Database } from './kernel/database.ts';
import { type Actor, inUnitOfWork } from './kernel/unit-of-work.ts';
import { hasOwnPassword, nameFirstAdministrator } from './organisation/first-administrator.ts';
import { runtimeOn } from './runtime.ts';

const starter: Actor = {
  personId: null,
  name: '首次启动',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
};

/** Where the first administrator's one-time password waits for him: in no log, readable by the server's account alone. */
export interface FirstAdministrator {
  login: string;
  file: string;
}

const looks = 5_000;

/** The account that an empty production database begins with; nothing once it was used, or in a demonstration. */
export async function firstAdministrator(database: Database, config: Config): Promise<FirstAdministrator | undefined> {
  if (config.mode !== 'production') return undefined;
  const file = join(config.home, 'first-administrator');
  const known = existsSync(file) ? /\S+\s*$/.exec(readFileSync(file, 'utf8'))?.[0].trim() : undefined;
  const named = await inUnitOfWork(runtimeOn(database, systemClock), starter, (uow) =>
    nameFirstAdministrator(uow, known ? { known } : {}),
  );
  if (named && named.password === known) return { login: named.login, file };
  rmSync(file, { force: true });
  if (!named) return undefined;
  // the mode counts for a new file only
  writeFileSync(file, `登录名 · login: ${named.login}\n一次性密码 · one-time password: ${named.password}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  return { login: named.login, file };
}

/** Removes the file soon after the administrator has set a password of his own. @returns what ends the looking */
export function removeWhenUsed(database: Database, { file }: FirstAdministrator, every = looks): () => void {
  const timer = setInterval(async () => {
    // away for a moment: the next look tells
    if (!(await hasOwnPassword(database).catch(() => false))) return;
    clearInterval(timer);
    rmSync(file, { force: true });
  }, every).unref();
  return () => clearInterval(timer);
}

/**
 * A database keeps its mode for ever, so that invented people and real ones never meet, and real ones are never served
 * in the clear.
 */
export async function checkMode(database: Database, config: Config): Promise<void> {
  const isLoopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(config.publicUrl);
  if (config.mode === 'production' && config.publicUrl.startsWith('http:') && !isLoopback)
    throw new PlainStop(
      '正式库只能经 https 对外服务，请把 PUBLIC_URL 设为 https 地址。',
      'A production database is served over https only: set PUBLIC_URL to an https address.',
    );
  const found = await database.transaction(async (tx) => {
    const insert = `INSERT INTO setting (key, value) VALUES ('mode', to_jsonb($1::text)) ON CONFLICT DO NOTHING`;
    await tx.sql(insert, [config.mode]);
    const rows = await tx.sql<{ mode: string }>(`SELECT value #>> '{}' AS mode FROM setting WHERE key = 'mode'`);
    return rows[0]?.mode;
  });
  if (found !== config.mode)
    throw new PlainStop(
      config.mode === 'production'
        ? '这是演示库，不能用作正式库；请用 MINGJING_HOME 或 DATABASE_URL 指定一个新的。'
        : '这是正式库，请以 MINGJING_MODE=production 启动。',
      config.mode === 'production'
        ? 'This is a demonstration database: name a new one in MINGJING_HOME or DATABASE_URL.'
        : 'This is a production database: start with MINGJING_MODE=production.',
    );
}
