/** A small manager of one embedded PostgreSQL: make its folder once, start or adopt it, stop it. Node built-ins only. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach, databaseUser, give, identity } from './database-user.mjs';
import { alone, commandLine, dropLease, isAlive, takeLease } from './lease.mjs';
import { endOrphans } from './orphans.mjs';
import { copyBinaries, findBinaries } from './postgres-binaries.mjs';
import { PlainStop, pause } from './sentences.mjs';
import { supervise } from './supervision.mjs';

/**
 * @typedef {object} Cluster
 * @property {string} data
 * @property {boolean} adopted it was already running
 * @property {(login: string, database: string) => string} url
 * @property {() => Promise<void>} supervise starts the server again whenever it died; rejects when that is in vain
 * @property {() => Promise<void>} release stops the server when nobody else uses it
 */

const port = 5432;

/**
 * Starts the server whose data are in `folder`/pg, or adopts it when it runs already.
 * @param {{ root: string, folder: string, settings?: Record<string, string>, say?: (text: string) => void }} options
 * @returns {Promise<Cluster>}
 */
export async function openCluster({ root, folder, settings = {}, say = () => {} }) {
  const user = databaseUser();
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'pg');
  const leases = join(folder, 'leases');
  const socket = socketFolder(folder);
  const lock = join(folder, 'lock');

  let isReleased = false;
  /** @returns {Promise<boolean>} whether it was running already: of several processes one starts it, the others adopt */
  const ensureRunning = () =>
    alone(lock, async () => {
      // given back while it waited for the lock
      if (isReleased) return true;
      takeLease(leases);
      let binaries = findBinaries(root);
      if (!canReach(user, join(binaries, 'bin'))) {
        const copy = join('/var/tmp', `mingjing-postgres-${hash(binaries)}`);
        copyBinaries(binaries, copy);
        binaries = copy;
      }
      if (!existsSync(join(data, 'PG_VERSION'))) {
        say('初始化数据库文件 · preparing the database files');
        initialise(binaries, folder, data, user);
      }
      makeSocketFolder(socket, user);
      const log = join(folder, 'postgres.log');
      if (runningPid(data)) {
        await waitUntilReady(data, log, () => !runningPid(data), say);
        return true;
      }
      await endOrphans(data);
      // only now is it certain that no server of ours owns the lock files
      rmSync(join(data, 'postmaster.pid'), { force: true });
      for (const name of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) rmSync(join(socket, name), { force: true });
      await waitUntilReady(data, log, start(binaries, data, socket, log, settings, user), say);
      return false;
    });

  const adopted = await ensureRunning();
  const listening = actualSocket(data, socket);

  return {
    data,
    adopted,
    url: (login, database) => `postgres://${login}@/${database}?host=${encodeURIComponent(listening)}`,
    supervise: () => supervise({ isRunning: watchOver(data), isWanted: () => !isReleased, ensureRunning, say }),
    release: () => {
      isReleased = true;
      return alone(lock, async () => {
        if (dropLease(leases) === 0) await stop(data);
      });
    },
  };
}

/**
 * Whether the server still runs, asked twice a second.
 * @param {string} data
 * @returns {() => boolean}
 */
function watchOver(data) {
  let known = runningPid(data);
  return () => {
    // without /proc the whole look costs a process
    if (known && !existsSync('/proc/self') && isAlive(known)) return true;
    known = runningPid(data);
    return known !== undefined;
  };
}

/**
 * @param {string} binaries
 * @param {string} folder
 * @param {string} data
 * @param {import('./database-user.mjs').DatabaseUser} user
 */
function initialise(binaries, folder, data, user) {
  const half = join(folder, 'pg.half');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  give(user, half);
  // C.UTF-8 for characters (else pg_trgm finds nothing in Chinese), ICU for the order (else not by pinyin)
  const ctype = process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8';
  const flags = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--lc-collate=C'];
  const run = spawnSync(
    join(binaries, 'bin', 'initdb'),
    ['-D', half, '-U', 'postgres', '--auth=trust', '--no-instructions', `--lc-ctype=${ctype}`, ...flags],
    { ...identity(user), cwd: half, env: environment(binaries), encoding: 'utf8' },
  );
  if (run.status !== 0)
    throw new PlainStop(
      `数据库文件未能建立：${(run.stderr || String(run.error ?? run.status)).trim()}`,
      'The database files could not be made (initdb failed, see above).',
    );
  renameSync(half, data);
}

/**
 * @param {string} binaries
 * @param {string} data
 * @param {string} socket
 * @param {string} log
 * @param {Record<string, string>} settings
 * @param {import('./database-user.mjs').DatabaseUser} user
 * @returns {() => boolean} whether it has ended again
 */
function start(binaries, data, socket, log, settings, user) {
  /** @type {Record<string, string>} */
  const all = {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    max_connections: '200',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(log, 'a');
  // a session of its own: Ctrl-C reaches us alone, and we stop it in order
  const child = spawn(join(binaries, 'bin', 'postgres'), ['-D', data, ...flags], {
    ...identity(user),
    cwd: data,
    env: environment(binaries),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  child.once('error', end).once('exit', end).unref();
  return () => hasEnded;
}

/**
 * @param {string} data
 * @param {string} log
 * @param {() => boolean} hasEnded the server is gone, so that waiting is in vain
 * @param {(text: string) => void} say
 */
async function waitUntilReady(data, log, hasEnded, say) {
  // crash recovery after a power cut may take its time
  for (let waited = 0; waited < 120_000; waited += 25) {
    if (lockFile(data)[7]?.startsWith('ready')) return;
    if (hasEnded()) break;
    if (waited === 5_000) say('数据库正在恢复，请稍候 · the database recovers, please wait');
    await pause(25);
  }
  const end = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n') : '';
  throw new PlainStop(`数据库没有启动，日志 ${log} 的末尾是：\n${end}`, `The database did not start; see ${log}.`);
}

/** @param {string} data */
async function stop(data) {
  const pid = runningPid(data);
  if (!pid) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 7_000; waited += 25) {
    if (!isAlive(pid)) return;
    await pause(25);
  }
  if (runningPid(data) === pid) process.kill(pid, 'SIGQUIT');
}

/**
 * The server of this very folder, never another process that got its number.
 * @param {string} data
 * @returns {number | undefined}
 */
export function runningPid(data) {
  const pid = Number(lockFile(data)[0]);
  return pid > 0 && isAlive(pid) && commandLine(pid).includes(data) ? pid : undefined;
}

/** @param {string} data */
function lockFile(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * A server that was adopted may listen elsewhere; its lock file says where.
 * @param {string} data
 * @param {string} otherwise
 */
function actualSocket(data, otherwise) {
  return lockFile(data)[4]?.trim() || otherwise;
}

/**
 * The address of a socket has 107 bytes at most, so a deep checkout gets a folder elsewhere.
 * @param {string} folder
 */
function socketFolder(folder) {
  const near = join(folder, 'socket');
  return Buffer.byteLength(near) <= 80 ? near : join(tmpdir(), `mingjing-${hash(folder)}`);
}

/**
 * @param {string} socket
 * @param {import('./database-user.mjs').DatabaseUser} user
 */
function makeSocketFolder(socket, user) {
  mkdirSync(socket, { recursive: true, mode: 0o700 });
  const owner = statSync(socket).uid;
  const own = process.getuid?.();
  if (own !== undefined && owner !== own && owner !== user.uid)
    throw new PlainStop(`目录 ${socket} 属于别的用户。`, `The folder ${socket} belongs to another user.`);
  give(user, socket);
}

/** @param {string} binaries */
function environment(binaries) {
  return { PATH: process.env['PATH'], LANG: 'C', LC_ALL: 'C', LD_LIBRARY_PATH: join(binaries, 'lib'), TZ: 'UTC' };
}

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
