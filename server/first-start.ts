import { PlainStop } from './bootstrap/sentences.mjs';
import { systemClock } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import type { Database } from './kernel/database.ts';
import { type Actor, inUnitOfWork } from './kernel/unit-of-work.ts';
import { nameFirstAdministrator } from './organisation/first-administrator.ts';
import { runtimeOn } from './runtime.ts';

const starter: Actor = {
  personId: null,
  name: '首次启动',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
};

/** The account that an empty production database begins with; nothing once it was used, or in a demonstration. */
export async function firstAdministrator(
  database: Database,
  config: Config,
): Promise<{ login: string; password: string } | undefined> {
  if (config.mode !== 'production') return undefined;
  return inUnitOfWork(runtimeOn(database, systemClock), starter, (uow) => nameFirstAdministrator(uow));
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
