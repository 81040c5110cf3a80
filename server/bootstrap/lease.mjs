/**
 * Several processes share one database server (serve, command line, tests). Each holds a lease, a file named by its
 * process id; whoever gives back the last one stops the server. A lease of a process that died counts for nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause, say } from './sentences.mjs';

/** A lock is held for seconds at most; whoever waits longer is told for whom. */
const patience = 5_000;
/** Told again after this. */
const reminder = 30_000;

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} folder */
export function takeLease(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, String(process.pid)), birth(process.pid));
}

/**
 * @param {string} folder
 * @returns {number} how many living processes still hold one
 */
export function dropLease(folder) {
  rmSync(join(folder, String(process.pid)), { force: true });
  return holders(folder).length;
}

/**
 * @param {string} folder
 * @returns {number[]} process ids
 */
export function holders(folder) {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .map(Number)
    .filter((pid) => {
      const file = join(folder, String(pid));
      const holds = isAlive(pid) && readOr(file) === birth(pid);
      if (!holds) rmSync(file, { force: true });
      return holds;
    });
}

/**
 * Runs `work` while no other process does. The lock is a file (making one is atomic) that says whose it is: process id
 * and birth, since ids are used again, the same one by the next start in a container.
 * @template T
 * @param {string} lock
 * @param {() => Promise<T>} work
 * @param {(zh: string, en: string) => void} [tell] hears after five seconds for whom it waits
 * @returns {Promise<T>}
 */
export async function alone(lock, work, tell = say) {
  let waited = 0;
  let toldAt = patience;
  while (!take(lock)) {
    await pause(50);
    waited += 50;
    if (waited < toldAt) continue;
    toldAt += reminder;
    tellWhy(lock, tell);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Takes a lock that is free. One whose owner died is removed first, by one process at a time: of two that both find it
 * abandoned the second would remove the one that the first has just taken. That turn is a lock of the same kind.
 * @param {string} lock
 * @returns {boolean} false: try again
 */
function take(lock) {
  try {
    writeFileSync(lock, `${process.pid} ${birth(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EEXIST' && code !== 'EISDIR') throw error;
  }
  const turn = `${lock}.broken`;
  if (!isAbandoned(lock) || !take(turn)) return false;
  try {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
  } finally {
    rmSync(turn, { force: true });
  }
  return false;
}

/** @param {string} lock */
function isAbandoned(lock) {
  const { pid, born } = ownerOf(lock);
  // an earlier release wrote the id alone
  if (pid) return !isAlive(pid) || (born !== '' && born !== birth(pid));
  try {
    // the owner writes its id a moment after it made the file
    return performance.timeOrigin + performance.now() - statSync(lock).mtimeMs > patience;
  } catch {
    return false;
  }
}

/**
 * @param {string} lock
 * @returns {{ pid: number, born: string }} 0 when it does not say
 */
function ownerOf(lock) {
  // an earlier release made a folder with the owner in it
  const [pid = '', ...born] = (readOr(lock) || readOr(join(lock, 'owner'))).split(' ');
  return { pid: Number(pid) || 0, born: born.join(' ') };
}

/**
 * @param {string} lock
 * @param {(zh: string, en: string) => void} tell
 */
function tellWhy(lock, tell) {
  const { pid } = ownerOf(lock);
  if (!pid) return tell(`正在等待 ${lock}`, `waiting for ${lock}`);
  tell(
    `正在等待进程 ${pid}（${commandLine(pid)}）做完它的启动或停止；它若已无响应，结束该进程（kill ${pid}）即可继续`,
    `waiting for process ${pid} to finish its own start or stop; if it does not answer any more, end it (kill ${pid}) and this goes on`,
  );
}

/**
 * When the process began: ids are used again.
 * @param {number} pid
 * @returns {string} empty where it does not run, or the machine does not tell
 */
export function birth(pid) {
  if (!existsSync('/proc/self/stat')) return psOf(pid, 'lstart').replace(/\s+/g, ' ');
  return (
    readOr(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? ''
  );
}

/**
 * @param {number} pid
 * @returns {string} empty where it does not run
 */
export function commandLine(pid) {
  if (!existsSync('/proc/self/stat')) return psOf(pid, 'command');
  return readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/**
 * @param {number} pid
 * @param {string} column
 */
function psOf(pid, column) {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** @param {string} file */
function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
