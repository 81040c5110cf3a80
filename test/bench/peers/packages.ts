import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs what the engine is measured beside: a package of its own, which the product never needs. */
export function installPeers(say: (text: string) => void): void {
  if (existsSync(`${folder}/node_modules`)) return;
  say('安装对照引擎 · installing the peers');
  const { status } = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the peers could not be installed');
}

/** A package of the peers; `Shape` is what is used of it. */
export async function peer<Shape>(name: string): Promise<Shape> {
  const path = createRequire(`${folder}/package.json`).resolve(name);
  return (await import(pathToFileURL(path).href)) as Shape;
}
