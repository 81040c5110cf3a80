/** Installs the packages when they are not the ones of the lock file, for this machine and this Node. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone } from './lease.mjs';
import { PlainStop, say } from './sentences.mjs';

/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], link?: boolean }} Package */

/**
 * @param {string} root the checkout
 * @returns {Promise<boolean>} whether something had to be installed
 */
export async function ensureInstalled(root) {
  const stamp = join(root, 'node_modules', '.install-stamp');
  const wanted = fingerprint(root);
  if (readOr(stamp) === wanted) return false;
  const lock = join(tmpdir(), `mingjing-install-${createHash('sha256').update(root).digest('hex').slice(0, 10)}`);
  return alone(lock, async () => {
    if (readOr(stamp) === wanted) return false;
    const complete = isComplete(root);
    if (!complete) await install(root);
    writeFileSync(stamp, wanted);
    return !complete;
  });
}

/** @param {string} root */
function fingerprint(root) {
  const { platform, arch, versions } = process;
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${platform} ${arch} ${versions.modules}`)
    .digest('hex');
}

/**
 * Whether npm itself says that it finished, and with the versions of the lock file: its own copy of the lock is the
 * last thing that it writes, so a half-finished install has none.
 * @param {string} root
 */
function isComplete(root) {
  const done = readOr(join(root, 'node_modules', '.package-lock.json'));
  if (!done) return false;
  /** @type {Record<string, Package>} */
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  /** @type {Record<string, Package>} */
  const present = JSON.parse(done).packages;
  return Object.entries(wanted).every(
    ([path, each]) =>
      path === '' ||
      (each.optional && !fits(each)) ||
      (present[path]?.version === each.version && existsSync(join(root, path, 'package.json'))),
  );
}

/**
 * Whether an optional package belongs on this machine. One that names no machine hangs below one that does.
 * @param {Package} each
 */
function fits({ os, cpu, libc }) {
  return (
    (os ?? cpu) !== undefined &&
    includes(os, process.platform) &&
    includes(cpu, process.arch) &&
    includes(libc, libcHere())
  );
}

/**
 * @param {string[] | undefined} list of names, or of `!` and the names that are excluded
 * @param {string} name
 */
function includes(list, name) {
  if (!list) return true;
  return (
    list.some((each) => each === name) || (list.every((each) => each.startsWith('!')) && !list.includes(`!${name}`))
  );
}

function libcHere() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime ? 'glibc' : 'musl';
}

/** @param {string} root */
async function install(root) {
  say('正在安装依赖，首次约需一分钟', 'installing packages, about a minute the first time');
  // an npm that calls us tells where it is; without it, the one on the path
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const child = spawn(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // a test run or a production environment must not leave packages out
    env: { ...process.env, NODE_ENV: '', npm_config_omit: '', npm_config_production: '' },
  });
  const began = performance.now();
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - began) / 1000);
    say(`  已用 ${seconds} 秒，${countPackages(root)} 个包 · ${seconds} s, ${countPackages(root)} packages`);
  }, 5_000);
  const interrupt = () => child.kill('SIGTERM');
  process.once('SIGTERM', interrupt).once('SIGINT', interrupt);
  const [code, error] = await new Promise((resolve) => {
    child.once('error', (reason) => resolve([1, reason.message]));
    child.once('exit', (status, signal) => resolve([status ?? 1, signal ?? '']));
  });
  clearInterval(progress);
  process.off('SIGTERM', interrupt).off('SIGINT', interrupt);
  if (code === 0) return;
  // what is half there must not look whole the next time
  rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  throw new PlainStop(
    `依赖没有装完（npm ci ${error || code}），请检查网络和磁盘后重新运行同一命令，会从头安装。`,
    `The packages were not fully installed (npm ci ${error || code}): check network and disk and run the same command again.`,
  );
}

/** @param {string} root */
function countPackages(root) {
  const modules = join(root, 'node_modules');
  if (!existsSync(modules)) return 0;
  const names = readdirSync(modules);
  return names.flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)) : [name])).length;
}

/** @param {string} file */
function readOr(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
