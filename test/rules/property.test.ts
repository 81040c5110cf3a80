import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { chineseCalendar } from '../../server/kernel/calendar.ts';
import { systemClock } from '../../server/kernel/clock.ts';
import type { Tx } from '../../server/kernel/database.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { type CompiledRule, type JudgeContext, type JudgedObligation, verdicts } from '../../server/rules/rule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { drawExcuses, drawWorld, pathOf, type World, writePeople, writeWorld } from './draw.ts';
import { lineOf, type Row, registry, Undo, undone } from './world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runs = Number(process.env.PROPERTY_RUNS ?? 6);
/** Of one rule, beyond the fewest worlds: two hundred rules must not take an hour on a slow machine. */
const seconds = Number(process.env.PROPERTY_SECONDS ?? 3);
const fewest = 2;

const folders = process.env.PROPERTY_RULES === 'fixtures' ? [] : ['audit-rules'];
const found = [...folders, 'test/rules/fixtures'].flatMap((folder) =>
  (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.yml') && !name.startsWith('scorecards'))
    .sort()
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
);

const rowOf = (duty: JudgedObligation): Row => ({
  subject_id: duty.subjectId,
  occurrence: duty.occurrence,
  unit_id: duty.unitId,
  person_id: duty.personId,
  opened_at: duty.openedAt,
  due_at: duty.dueAt,
  warn_at: duty.warnAt,
  met_at: duty.metAt,
  verdict: duty.verdict,
  severity: duty.severity,
});

/** What each rule was seen to give: a property that never meets a verdict shows nothing about it. */
const seen = new Map<string, Set<number>>();

describe('For random subjects, SQL and memory give the same duties', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(writePeople);
  });
  after(() => db.drop());

  for (const source of found) {
    const rule = compileRule(source, registry);
    it(`${rule.code} version ${rule.version} (${source.file})`, async function () {
      this.timeout(60_000);
      const until = systemClock.now().getTime() + seconds * 1000;
      let drawn = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), fc.integer({ min: 1, max: 25 }), async (g, size) => {
          drawn += 1;
          if (drawn > fewest && systemClock.now().getTime() > until) return;
          const world = drawWorld(g, registry, rule, source.text, size);
          const context: JudgeContext = {
            now: world.now,
            calendar: chineseCalendar,
            params: world.params,
            feeds: world.feeds,
            excuses: [],
            path: pathOf,
          };
          const judge = () => world.subjects.flatMap((subject) => rule.judge(subject, context));
          world.excuses = drawExcuses(g, rule, judge(), world.now);
          context.excuses = world.excuses;
          const duties = judge().map(rowOf).sort(inOrder);
          for (const { verdict } of duties) seen.set(rule.code, (seen.get(rule.code) ?? new Set()).add(verdict));
          await undone(
            db.database.transaction(async (tx) => {
              await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
              await write(tx, rule, world);
              await compare(tx, rule, world, duties);
              throw new Undo();
            }),
          );
        }),
        {
          numRuns: runs,
          endOnFailure: process.env.PROPERTY_SHRINK === undefined,
          ...(process.env.PROPERTY_SEED && { seed: Number(process.env.PROPERTY_SEED) }),
        },
      );
    });
  }

  it('and every verdict was met with', () => {
    const all = new Set([...seen.values()].flatMap((one) => [...one]));
    expect([...all].sort()).to.deep.equal(Object.values(verdicts).sort());
  });
});

async function write(tx: Tx, rule: CompiledRule, world: World): Promise<void> {
  await writeWorld(tx, registry, world);
  await tx.sql('INSERT INTO rule (id, code) VALUES (1, $1)', [rule.code]);
  for (const { subjectId, occurrence, until } of world.excuses) {
    await tx.sql(`INSERT INTO excuse (rule_id, subject_id, occurrence, reason, until) VALUES (1, $1, $2, 'test', $3)`, [
      subjectId,
      occurrence,
      until,
    ]);
  }
}

async function compare(tx: Tx, rule: CompiledRule, world: World, duties: Row[]): Promise<void> {
  const ids = world.subjects.map(({ id }) => id);
  // as one text: fast-check keeps the message of a failure and drops its difference
  const lines = (rows: Row[]): string =>
    [...rows]
      .sort(inOrder)
      .map((row) => lineOf(rule.code, row))
      .join('\n');
  expect(lines(await tx.sql<Row>(rule.sql, [ids, world.now])), 'for some subjects').to.equal(lines(duties));

  // pools hold rows of this type too, and judging everything finds them
  const mine = (rows: Row[]): Row[] => rows.filter((row) => ids.includes(row.subject_id));
  const all = await tx.sql<Row>(rule.sqlAll, [world.now]);
  expect(lines(mine(all)), 'over everything').to.equal(lines(duties));
  const isBroken = ({ verdict }: Row): boolean => verdict === verdicts.late || verdict === verdicts.overdue;
  expect(lines(await tx.sql<Row>(rule.brokenSql, [world.now])), 'what is broken').to.equal(lines(all.filter(isBroken)));
  const [counted] = await tx.sql<Record<string, number>>(rule.countSql, [world.now]);
  const count = (verdict: number): number => all.filter((row) => row.verdict === verdict).length;
  expect(counted, 'counts').to.deep.equal({
    obligations: all.length,
    ...Object.fromEntries(Object.entries(verdicts).map(([name, code]) => [name, count(code)])),
  });
}

const inOrder = (a: Row, b: Row): number => (a.subject_id + a.occurrence < b.subject_id + b.occurrence ? -1 : 1);
