import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matrix } from './access/matrix.ts';
import type { Command } from './cli.ts';

/** `mingjing policies mirror`: writes policies/matrix.md anew. */
export const policiesCommand: Command = {
  usage: 'policies mirror',
  help: '由 policies/roles 生成权限表 policies/matrix.md · writes the matrix of who may do what',
  run: async ([what]) => {
    if (what !== 'mirror') {
      process.stderr.write('用法 · usage: mingjing policies mirror\n');
      return 2;
    }
    writeFileSync(fileURLToPath(new URL(`../${matrix.path}`, import.meta.url)), matrix.render());
    return 0;
  },
};
