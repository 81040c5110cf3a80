import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** How this process is set up. Everything comes from the environment, read here and nowhere else. */
export interface Config {
  /** Folder that holds all data of this installation. */
  home: string;
  /** TCP port of API and back office. */
  port: number;
  /** Address to listen on; all of them when absent. */
  host?: string;
  /** Login `mingjing_app`: requests. */
  databaseUrl: string;
  /** Login `mingjing_owner`: migrations, never at run time. */
  ownerUrl: string;
  /** Where BullMQ runs; PostgreSQL when absent. */
  redisUrl?: string;
  /** The address people type, without a slash at the end. */
  publicUrl: string;
  /** The bureau's zone: dates and days are read in it. */
  zone: 'Asia/Shanghai';
  /** A demonstration database holds invented people; a production one starts empty. */
  mode: 'demonstration' | 'production';
  /** Folder of the real data sets that test/real reads. */
  realData: string;
  /** Reverse proxies of ours before the server: so many of the last addresses of X-Forwarded-For are believed. */
  proxies: number;
  /** Connections of the pool of one process. */
  poolSize: number;
  /** True in continuous integration: a missing tool fails instead of skipping. */
  ci: boolean;
}

type Environment = Record<string, string | undefined>;

/** Reads the environment. Throws a plain sentence when a value makes no sense. */
export function readConfig(environment: Environment = process.env): Config {
  const port = integer(environment, 'PORT', 8080, 0, 65_535);
  const redisUrl = environment['REDIS_URL'];
  const mode = environment['MINGJING_MODE'] === 'production' ? 'production' : 'demonstration';
  const publicUrl = (environment['PUBLIC_URL'] || `http://localhost:${port}`).replace(/\/+$/, '');
  // passwords and names in the clear only where they stay on this machine, or are invented
  const host = environment['HOST'] || (mode === 'production' || publicUrl.startsWith('https:') ? '127.0.0.1' : '');
  return {
    home: resolve((environment['MINGJING_HOME'] || '.mingjing').replace(/^~(?=\/|$)/, homedir())),
    port,
    ...(host ? { host } : {}),
    databaseUrl: environment['DATABASE_URL'] ?? '',
    ownerUrl: environment['DATABASE_OWNER_URL'] ?? '',
    ...(redisUrl ? { redisUrl } : {}),
    publicUrl,
    zone: 'Asia/Shanghai',
    mode,
    proxies: integer(environment, 'TRUST_PROXY', publicUrl.startsWith('https:') ? 1 : 0, 0, 5),
    realData: resolve(environment['MINGJING_REAL_DATA'] || '../shared/data'),
    poolSize: integer(environment, 'MINGJING_POOL', 10, 1, 200),
    ci: environment['CI'] === 'true',
  };
}

function integer(environment: Environment, name: string, otherwise: number, least: number, most: number): number {
  const text = environment[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name}=${text}: 应为 ${least} 到 ${most} 的整数 / must be a whole number from ${least} to ${most}`);
}
