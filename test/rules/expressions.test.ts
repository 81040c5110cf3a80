import { expect } from 'chai';
import fc from 'fast-check';
import { chineseCalendar } from '../../server/kernel/calendar.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { RuleErrors } from '../../server/rules/errors.ts';
import type { CompiledRule, JudgeContext } from '../../server/rules/rule.ts';
import { tableOf } from '../../server/subjects/registry.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { drawWorld, pathOf, writePeople, writeWorld } from './draw.ts';
import { drawCondition } from './draw-expression.ts';
import { compiled, ruleText } from './rule-text.ts';
import { registry, Undo, undone } from './world.ts';

const worlds = Number(process.env.PROPERTY_RUNS ?? 4);
const expressions = 25;

/** Reads everything of what a path from an alarm leads to, so that every fact is drawn. */
function readingAll(): CompiledRule {
  const tables = ['alarm', 'case', 'item', 'recording'].flatMap((name) => registry.tables(registry.get(name)));
  const facts = tables.flatMap((table) => Object.keys(table.facts).map((fact) => `${table.name}.${fact}`));
  return { ...compiled(), reads: [...facts, 'link.1'] };
}

describe('Random conditions', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(writePeople);
  });
  after(() => db.drop());

  it('hold for the same subjects in SQL and in memory', async function () {
    this.timeout(120_000);
    const all = readingAll();
    const variables = [['alarm', { kind: 'row', table: tableOf(registry.get('alarm')) }]] as const;
    let [compared, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const world = drawWorld(g, registry, all, '', 12);
        const texts = Array.from({ length: expressions }, () => drawCondition(g, registry, variables, 3));
        const context: JudgeContext = {
          now: world.now,
          calendar: chineseCalendar,
          params: [],
          feeds: [],
          path: pathOf,
        };
        await undone(
          db.database.transaction(async (tx) => {
            await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
            await writeWorld(tx, registry, { ...world, params: [], feeds: [] });
            for (const when of texts) {
              const rule = tryCompile(when);
              if (!rule) {
                refused += 1;
                continue;
              }
              compared += 1;
              const ids = world.subjects.map(({ id }) => id);
              for (const [text, values] of [
                [rule.sql, [ids, world.now]],
                [rule.sqlAll, [world.now]],
              ] as const) {
                const rows = await tx.sql<{ subject_id: string }>(text, values);
                const inMemory = world.subjects
                  .filter((subject) => rule.judge(subject, context).length > 0)
                  .map(({ id }) => id);
                const inSql = rows.map((row) => row.subject_id).filter((id) => ids.includes(id));
                expect(inSql.sort().join('\n'), when).to.equal(inMemory.sort().join('\n'));
              }
            }
            throw new Undo();
          }),
        );
      }),
      { numRuns: worlds, endOnFailure: process.env.PROPERTY_SHRINK === undefined },
    );
    expect(compared, `${refused} were refused`).to.be.above(refused / 2);
  });
});

/** undefined where the language refuses it: an ordering under a negation, something always the same. */
function tryCompile(when: string): CompiledRule | undefined {
  try {
    return compileRule(
      { file: 'x.yml', text: ruleText({ when: JSON.stringify(when), in_force: "{ from: '2000-01-01' }" }) },
      registry,
    );
  } catch (error) {
    if (error instanceof RuleErrors && !/internal|unexpected/i.test(error.message)) return undefined;
    throw error;
  }
}
