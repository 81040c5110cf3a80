import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matrix } from './access/matrix.ts';
import { createRegistry } from './app.ts';
import type { Command } from './cli.ts';
import { compiledMirrors, staleMirrors, writeMirrors } from './rules/compiled.ts';
import { languageMirrors } from './rules/mirrors.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `mingjing mirrors`: writes what is generated for people who do not read code; with --check only names what is stale. */
export const mirrorsCommand: Command = {
  usage: 'mirrors [--check]',
  help: '重新生成（或核对）规则 SQL、词汇表、权限表 · writes or checks what is generated and checked in',
  run: async (args) => {
    const registry = createRegistry();
    const compiled = compiledMirrors(registry);
    const single = [...languageMirrors(registry), matrix];
    if (!args.includes('--check')) {
      writeMirrors(root, compiled);
      for (const mirror of single) writeFileSync(join(root, mirror.path), mirror.render());
      return 0;
    }
    const stale = [
      ...staleMirrors(root, compiled),
      ...single.filter((mirror) => kept(mirror.path) !== mirror.render()).map(({ path }) => path),
    ];
    for (const path of stale)
      process.stderr.write(`${path} 已过期，请运行 · is stale, run: npm run mingjing -- mirrors\n`);
    return stale.length > 0 ? 1 : 0;
  },
};

const kept = (path: string): string | null =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
