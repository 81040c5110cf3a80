/**
 * Several processes share one database server (serve, command line, tests). Each holds a lease, a file named by its
 * process id; whoever gives back the last one stops the server. A lease of a process that died counts for nothing.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './sentences.mjs';

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
 * Runs `work` while no other process does. The lock is a folder (making one is atomic) with the owner's id in it.
 * @template T
 * @param {string} lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(lock, work) {
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'owner'), String(process.pid));
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if (isAbandoned(lock)) release(lock);
      else await pause(50);
    }
  }
  try {
    return await work();
  } finally {
    release(lock);
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  const owner = Number(readOr(join(lock, 'owner')));
  if (owner) return !isAlive(owner);
  try {
    // the owner writes its id a moment after it made the folder
    return performance.timeOrigin + performance.now() - statSync(lock).mtimeMs > 5_000;
  } catch {
    return false;
  }
}

/** @param {string} lock */
function release(lock) {
  rmSync(join(lock, 'owner'), { force: true });
  try {
    rmdirSync(lock);
  } catch {
    // somebody else released an abandoned lock first
  }
}

/**
 * When the process began, where the machine tells: ids are used again.
 * @param {number} pid
 */
function birth(pid) {
  return (
    readOr(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? ''
  );
}

/** @param {string} file */
function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
