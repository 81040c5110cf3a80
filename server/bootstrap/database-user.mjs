/** PostgreSQL refuses to run as root: then it runs as `postgres`, else `nobody`, in folders that user may reach. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ uid?: number, gid?: number, name: string }} DatabaseUser */

/** @returns {DatabaseUser} an empty one when this process may run PostgreSQL itself */
export function databaseUser() {
  if (process.getuid?.() !== 0) return { name: '' };
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return { name: 'nobody', uid: 65534, gid: 65534 };
}

/**
 * Whether that user can walk to `folder` (or to where it will be made).
 * @param {DatabaseUser} user
 * @param {string} folder
 * @returns {boolean}
 */
export function canReach(user, folder) {
  if (user.uid === undefined) return true;
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  // a file in the way is no question of reach: making the folder will tell
  if (!statSync(there).isDirectory()) return true;
  const walk = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -r .', 'sh', there], identity(user));
  return walk.status === 0 || ownsAlready(user, there);
}

/**
 * Where the data go when the checkout is out of reach (a 0700 home of root): never a folder that is swept.
 * @param {string} wanted
 */
export function reachableHome(wanted) {
  return join('/var/lib/mingjing', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
}

/**
 * @param {DatabaseUser} user
 * @param {string} folder
 */
export function give(user, folder) {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
}

/**
 * Options of spawn.
 * @param {DatabaseUser} user
 */
export function identity(user) {
  return user.uid === undefined || user.gid === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/**
 * @param {DatabaseUser} user
 * @param {string} folder
 * @returns {boolean}
 */
function ownsAlready(user, folder) {
  return statSync(folder).uid === user.uid && canReach(user, dirname(folder));
}
