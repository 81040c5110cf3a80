import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { chineseCalendar } from '../../server/kernel/calendar.ts';
import { analyse } from '../../server/rules/analyse.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { bindingsOf } from '../../server/rules/duty.ts';
import { interpret, rowsOf } from '../../server/rules/interpret.ts';
import type { FactRow } from '../../server/rules/rule.ts';
import { readRuleFile } from '../../server/rules/rule-file.ts';
import { drawWorld, pathOf } from './draw.ts';
import { askCel } from './oracle.ts';
import { registry } from './world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['audit-rules', 'test/rules/fixtures'];
const sources = folders.flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.yml') && !name.startsWith('scorecards'))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
);

describe('On complete facts', () => {
  let asked = 0;

  for (const source of sources) {
    const file = readRuleFile(source);
    const tree = analyse(file, registry);
    const rule = compileRule(source, registry);
    const conditions = [
      [file.when, tree.when],
      [file.excused, tree.excused],
      [file.require, tree.bound.kind === 'require' ? tree.bound.condition : null],
      [file.aggravated?.if, tree.aggravated?.if],
    ] as const;

    it(`the conditions of ${rule.code} version ${rule.version} mean what CEL's own evaluator says (${source.file})`, () => {
      fc.assert(
        fc.property(fc.gen(), (g) => {
          const { subjects, params, now } = drawWorld(g, registry, rule, source.text, 5, true);
          const context = { now, calendar: chineseCalendar, params, feeds: [], path: pathOf };
          for (const subject of subjects) {
            const whole = bindingsOf(tree, subject, null, context);
            for (const row of tree.each ? rowsOf(tree.each.list)(whole) : [null]) {
              const bindings = bindingsOf(tree, subject, row as FactRow | null, context);
              for (const [passage, condition] of conditions) {
                if (!passage || !condition) continue;
                const answer = askCel(passage.text, bindings.vars);
                if (answer === undefined) continue;
                asked += 1;
                expect(interpret(condition)(bindings) === true, passage.text).to.equal(answer);
              }
            }
          }
        }),
        { numRuns: 40 },
      );
    });
  }

  it('CEL had a say in thousands of them', () => expect(asked).to.be.above(2000));
});
