import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { type Expected, expected } from '../../server/rules/catalogue-examples.ts';
import { storedRules, syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { compiledMirrors, staleMirrors } from '../../server/rules/compiled.ts';
import { RuleErrors } from '../../server/rules/errors.ts';
import { judgeContext } from '../../server/rules/judge-explain.ts';
import { loadSubjects } from '../../server/rules/judge-facts.ts';
import { type Example, type JudgedObligation, verdicts } from '../../server/rules/rule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertGiven, instantOf, lineOf, populate, type Row, registry, Undo, undone } from './world.ts';

const entries = loadCatalogue(shippedRules, registry);
const now = new Date('2026-11-23T12:00:00+08:00');

/** The ids of the catalogue by chapter, from 01 to the last, and the limits of the loop itself. */
const catalogue = { ALM: 11, CAS: 35, PER: 20, PRO: 13, BWC: 8, ENT: 6, FRZ: 8, CMP: 6, LIC: 4, FND: 3 };

describe('The shipped rules', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(async (tx) => {
      await populate(tx);
      await syncCatalogue(tx, entries, { now, state: 'enacted' });
    });
  });
  after(() => db.drop());

  it('are rules of the catalogue', () => {
    const known = Object.entries(catalogue).flatMap(([chapter, last]) =>
      Array.from({ length: last }, (_, i) => `${chapter}-${String(i + 1).padStart(2, '0')}`),
    );
    expect(known).to.include.members([...new Set(entries.map(({ rule }) => rule.code.slice(0, 6)))]);
  });

  it('are checked in as SQL', () => {
    expect(
      staleMirrors(fileURLToPath(new URL('../..', import.meta.url)), compiledMirrors(registry)),
      'run: npm run mingjing -- mirrors',
    ).to.deep.equal([]);
  });

  for (const { rule } of entries) {
    describe(`${rule.code} version ${rule.version}, ${rule.title.zh}`, () => {
      for (const example of rule.examples) {
        it(example.it, () =>
          undone(
            db.database.transaction(async (tx) => {
              await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
              for (const feed of rule.needs)
                for (const [from, to] of delivered(example.down?.[feed]))
                  await tx.sql('INSERT INTO feed_interval (feed, from_at, to_at) VALUES ($1, $2, $3)', [
                    feed,
                    from,
                    to,
                  ]);
              const at = example.now ? instantOf(example.now) : new Date('2029-01-01T00:00:00+08:00');
              const id = await insertGiven(tx, rule.subject, example.given);
              const [subject] = await loadSubjects(tx, registry, rule.subject, [id], [rule]);
              const stored = await storedRules(tx, [rule]);
              const context = await judgeContext(tx, stored, at);

              const inSql = await tx.sql<Row>(`${rule.sql} ORDER BY occurrence`, [[id], at]);
              const inMemory = rule.judge(subject!, context);

              expect(inMemory.map(rowOf).map((row) => lineOf(rule.code, row))).to.deep.equal(
                inSql.map((row) => lineOf(rule.code, row)),
                'in memory as in SQL',
              );
              expectGiven(inMemory, example);
              for (const duty of inMemory) {
                const sentence = rule.sentence(subject!, duty, context);
                expect(sentence.zh).to.not.match(/undefined|null|NaN|\{|\[object/);
                expect(sentence.en).to.not.match(/undefined|NaN|\{|\[object/);
              }
              throw new Undo();
            }),
          ),
        );
      }
    });
  }
});

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

function expectGiven(duties: readonly JudgedObligation[], example: Example): void {
  const wanted = expected(example.gives) ?? [];
  expect(duties.map((duty, i) => nameOf(duty, wanted[i]))).to.deep.equal(
    wanted.map((one) => (one.late === undefined ? one.verdict : `late by ${one.late} ms`)),
  );
}

function nameOf(duty: JudgedObligation, wanted: Expected | undefined): string {
  const [name = ''] = Object.entries(verdicts).find(([, code]) => code === duty.verdict) ?? [];
  if (wanted?.verdict === 'broken' && (name === 'late' || name === 'overdue')) return 'broken';
  return wanted?.late === undefined
    ? name
    : `${name} by ${(duty.metAt?.getTime() ?? 0) - (duty.dueAt?.getTime() ?? 0)} ms`;
}

/** All the time but for the interval in which the feed was down. */
function delivered(down: readonly [string, string] | undefined): [string, string | null][] {
  const start = '2000-01-01T00:00:00+08:00';
  return down
    ? [
        [start, instantOf(down[0]).toISOString()],
        [instantOf(down[1]).toISOString(), null],
      ]
    : [[start, null]];
}

describe('A catalogue', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rules-'));
    mkdirSync(join(folder, 'alarm'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const rule = (over: Record<string, string> = {}) => {
    const keys: Record<string, string> = {
      id: 'ALM-50',
      title: '{ zh: 反馈, en: Feedback }',
      subject: 'alarm',
      opens: 'alarm.receivedAt',
      within: '24h',
      met: 'alarm.handledAt',
      severity: 'flaw',
      in_force: "{ from: '2020-01-01' }",
      basis: '[{ document: 测试 }]',
      says: "{ zh: '逾期', en: late }",
      examples:
        "[{ it: a, given: { receivedAt: '2026-01-01 08:00', handledAt: '2026-01-01 09:00' }, gives: met }, { it: b, given: { receivedAt: '2026-01-01 08:00' }, gives: overdue }, { it: c, given: {}, gives: nothing }]",
      ...over,
    };
    return Object.entries(keys)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n');
  };
  const write = (name: string, text: string) => writeFileSync(join(folder, 'alarm', name), text);
  const refusal = (): string => {
    try {
      loadCatalogue(folder, registry);
    } catch (error) {
      if (error instanceof RuleErrors) return error.message;
      throw error;
    }
    return '';
  };

  it('tells file, line and column of an unknown fact', () => {
    write('ALM-50-test.yml', rule({ met: 'alarm.handledAtt' }));
    expect(refusal()).to.match(/^alarm\/ALM-50-test\.yml:6:\d+ .*handledAt/);
  });

  it('tells the mistakes of all files at once', () => {
    write('ALM-50-test.yml', rule({ met: 'alarm.handledAtt' }));
    write('ALM-51-test.yml', rule({ id: 'ALM-51', opens: 'alrm.receivedAt' }));
    expect(refusal().split('\n')).to.have.length(2);
  });

  it('refuses a rule without an example of each kind', () => {
    write(
      'ALM-50-test.yml',
      rule({ examples: "[{ it: a, given: { receivedAt: '2026-01-01 08:00' }, gives: overdue }]" }),
    );
    expect(refusal()).to.contain('examples at least of met');
  });

  it('refuses a file under another name or in another folder', () => {
    write('ALM-51-test.yml', rule());
    expect(refusal()).to.contain('ALM-50-….yml');
  });

  it('refuses versions that are in force together, and one version twice', () => {
    write('ALM-50-a.yml', rule());
    write('ALM-50-b.yml', rule({ version: '2' }));
    expect(refusal()).to.contain('in force together');
    write('ALM-50-b.yml', rule());
    expect(refusal()).to.contain('stands in alarm/ALM-50-a.yml too');
  });

  it('refuses versions that open differently: one duty could fall under both', () => {
    write('ALM-50-a.yml', rule({ in_force: "{ from: '2020-01-01', to: '2026-01-01' }" }));
    write('ALM-50-b.yml', rule({ version: '2', in_force: "{ from: '2026-01-01' }", opens: 'alarm.reportedAt' }));
    expect(refusal()).to.contain('under both');
  });

  it('refuses to absorb a rule that is not there', () => {
    write('ALM-50-test.yml', rule({ absorbs: '[ALM-99]' }));
    expect(refusal()).to.contain('ALM-99');
  });

  it('stores each version once and never lets it judge otherwise', async () => {
    const db = await testDatabase();
    try {
      write('ALM-50-test.yml', rule());
      const sync = (options = {}) =>
        db.database.transaction((tx) => syncCatalogue(tx, loadCatalogue(folder, registry), { now, ...options }));
      expect((await sync()).fresh).to.have.length(1);
      expect((await sync()).fresh).to.have.length(0);

      write('ALM-50-test.yml', rule({ says: "{ zh: '逾期了', en: late }" }));
      expect((await sync()).fresh).to.have.length(0);

      write('ALM-50-test.yml', rule({ within: '12h' }));
      let message = '';
      await sync().catch((error: Error) => {
        message = error.message;
      });
      expect(message).to.contain('a changed rule is a new version');
      expect((await sync({ onChange: 'replace' })).fresh).to.have.length(1);
    } finally {
      await db.drop();
    }
  });
});
