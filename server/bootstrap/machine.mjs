/** What must be true of the machine before anything is started, each told in one sentence when it is not. */
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { canReach, databaseUser, reachableHome } from './database-user.mjs';
import { PlainStop, say } from './sentences.mjs';

/**
 * @param {string} root
 * @param {string} [version] of Node, without the v
 */
export function checkNode(root, version = process.versions.node) {
  const least = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new PlainStop(
    `需要 Node.js ${least} 以上，本机为 ${version}，请升级后再运行。`,
    `Node.js ${least} or later is needed; this is ${version}.`,
  );
}

/**
 * The folder of all data, made when it is missing. As root it moves where the database user can reach it.
 * @param {string} root
 * @returns {string}
 */
export function openHome(root) {
  const wanted = resolve(root, (process.env['MINGJING_HOME'] || '.mingjing').replace(/^~(?=\/|$)/, homedir()));
  const embedded = !process.env['DATABASE_URL'];
  const isReachable = !embedded || canReach(databaseUser(), wanted);
  const home = isReachable ? wanted : reachableHome(wanted);
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
  } catch {
    throw new PlainStop(
      `目录 ${home} 不可写，请更改权限，或用 MINGJING_HOME 指定别的目录。`,
      `The folder ${home} cannot be written: change its permissions or name another in MINGJING_HOME.`,
    );
  }
  if (!isReachable) say(`数据库用户进不了 ${wanted}，数据存放在 ${home}`, `the data are in ${home}`);
  return home;
}

/**
 * Asked before anything is started; the server that listens in the end may still find it taken.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<void>}
 */
export function checkPort(port, host) {
  return new Promise((done, refuse) => {
    const probe = createServer();
    probe.once('error', (error) => refuse(portStop(port, error)));
    probe.listen({ port, ...(host ? { host } : {}) }, () => probe.close(() => done()));
  });
}

/**
 * @param {number} port
 * @param {NodeJS.ErrnoException} error
 */
export function portStop(port, error) {
  if (error.code === 'EACCES')
    return new PlainStop(
      `没有权限使用端口 ${port}，请用 PORT 换一个。`,
      `Port ${port} is not allowed: choose another with PORT.`,
    );
  if (error.code === 'EADDRINUSE')
    return new PlainStop(
      `端口 ${port} 已被别的程序占用，请先停掉它，或换一个端口：PORT=${port + 1} npm start`,
      `Port ${port} is taken by another program: stop it, or choose another: PORT=${port + 1} npm start`,
    );
  return error;
}
