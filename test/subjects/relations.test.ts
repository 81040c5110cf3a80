import { expect } from 'chai';
import fc from 'fast-check';
import { finding } from '../../server/findings/finding.ts';
import { settableClock } from '../../server/kernel/clock.ts';
import { Problem } from '../../server/kernel/errors.ts';
import { newId } from '../../server/kernel/id.ts';
import { type Change, inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import type { Overlapping, Same } from '../../server/subjects/define.ts';
import { defineSubject, instant, same, text, unit } from '../../server/subjects/define.ts';
import { subjectTypes } from '../../server/subjects/index.ts';
import { recordSteps, type StepInput } from '../../server/subjects/record.ts';
import { columnOf, Registry, type Related, type Table } from '../../server/subjects/registry.ts';
import { Histories } from '../rules/histories.ts';
import { populate } from '../rules/world.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const registry = new Registry([...subjectTypes, finding]);
const ends = registry.types.filter((type) =>
  [...registry.overlaps, ...registry.sames].some(({ own, theirs }) => own.type === type || theirs.type === type),
);
type Row = Record<string, unknown> & { id: string };

describe('Relations', () => {
  const clock = settableClock('2026-01-05T09:00:00Z');
  let db: TestDatabase;
  let settled: Change[] = [];
  let runtime: Runtime;
  before(async () => {
    db = await testDatabase();
    await db.database.transaction(populate);
    runtime = {
      database: db.database,
      clock,
      settle: async (_uow, changes) => void settled.push(...changes),
      append: async () => {},
    };
  });
  after(() => db.drop());

  const rows = <R extends object = Row>(query: string) =>
    db.database.transaction(async (tx) => {
      await tx.sql(`SELECT set_config('role', 'mingjing_engine', true)`);
      return tx.sql<R>(query);
    });
  const column = (table: Table, fact: string): string => columnOf(fact, table.facts[fact]!);

  it('by equal facts have an index on both ends', async () => {
    const indexes = await rows<{ table: string; columns: string[] }>(
      `SELECT c.relname AS table, array(SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts-1]) WITH ORDINALITY k(n, o)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n ORDER BY k.o) AS columns
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
       WHERE i.indpred IS NULL AND x.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')`,
    );
    for (const { own, name, relation, theirs } of registry.sames) {
      for (const [table, end] of [
        [theirs, 1],
        [own, 0],
      ] as const) {
        const wanted = relation.match.map((pair) => column(table, pair[end]));
        const found = indexes.some(
          (one) =>
            one.table === table.name && wanted.every((each) => one.columns.slice(0, wanted.length).includes(each)),
        );
        expect(found, `${own.name}.${name} wants an index on "${table.name}" (${wanted.join(', ')})`).to.equal(true);
      }
    }
  });

  it('are checked against what they name', () => {
    const type = (match: Same['match'], to = 'thing') =>
      new Registry([
        defineSubject({
          name: 'thing',
          plural: 'things',
          code: 99,
          label: { zh: '物', en: 'Thing' },
          number: 'number',
          unit: 'unit',
          own: [],
          dated: 'at',
          facts: { number: text('号', 'No.'), unit: unit('单位', 'Unit'), at: instant('时间', 'At') },
          relations: { others: same(to, '其他', 'Others', { match }) },
          steps: {},
        }),
      ]);
    expect(() => type([['number', 'nmber']])).to.throw('no fact nmber');
    expect(() => type([['number', 'at']])).to.throw('never equal');
    expect(() => type([])).to.throw('matches on nothing');
    expect(() => type([['number', 'number']], 'think')).to.throw('no subject type think');
    expect(type([['number', 'number']]).sames).to.have.length(1);
  });

  it('overlap by more than their ends, within the longest interval that is told, from either side', async () => {
    clock.set('2026-01-05T09:00:00Z');
    const at = (text: string): Date => new Date(`2026-01-0${text}Z`);
    const act = async (startedAt: string, endedAt: string | null): Promise<string> => {
      const [subject, part] = [newId(clock.now()), newId(clock.now())];
      const whole = { number: subject, kind: 'criminal', cause: '盗窃', unit: 11 };
      const facts = { kind: 'questioning', officers: [1], ...(endedAt && { endedAt: at(endedAt) }) };
      expect(
        await record([
          { type: 'case', subject, verb: 'report', occurredAt: at('1T00:00:00'), facts: whole },
          { type: 'case', subject, part, verb: 'act', occurredAt: at(startedAt), facts },
        ]),
      ).to.equal(true);
      return part;
    };
    const own = await act('3T10:00:00', '3T11:00:00');
    const [touching, before, inside, open, older, long] = [
      await act('3T11:00:00', '3T12:00:00'),
      await act('3T09:00:00', '3T10:00:00'),
      await act('3T10:59:59.999', '3T12:00:00'),
      await act('2T10:00:00.001', null),
      await act('2T10:00:00', null),
      // lasts beyond what is told, and begins too early by nothing
      await act('2T10:00:00', '3T16:00:00'),
    ];
    const linked = async (id: string) =>
      (await rows<{ their_id: string }>(`SELECT their_id FROM link WHERE relation = 4 AND own_id = '${id}'`)).map(
        (one) => one.their_id,
      );
    expect(await linked(own)).to.have.members([inside, open]);
    expect(await linked(inside))
      .to.include(own)
      .and.not.include(before);
    expect(await linked(open)).to.include(own);
    expect(await linked(older)).to.not.include(own);
    expect(await linked(touching)).to.not.include(own);
    expect(await linked(long))
      .to.include(older)
      .and.not.include(own);
  });

  it('hold after random steps and corrections what their definition says, and name everybody whom a change concerns', async function () {
    this.timeout(120_000);
    let [links, matches] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const tables = registry.types.flatMap((type) => registry.tables(type).map((table) => `"${table.name}"`));
        await rows('DELETE FROM link');
        for (const table of tables.reverse()) await rows(`DELETE FROM ${table}`);
        clock.set('2026-01-05T09:00:00Z');
        const histories = new Histories(seed, ends);
        let before = await everybody();
        for (let i = 0; i < 40; i += 1) {
          settled = [];
          const steps = histories.next(clock.now()).map((step) => closer(step, histories));
          if (!(await record(steps))) continue;
          histories.keep(steps);
          const after = await everybody();
          for (const { own, name, relation, theirs } of registry.overlaps) {
            const wanted = pairs(after, own, theirs, (a, b) => overlap(own, theirs, relation, a, b));
            const found = await rows<{ pair: string }>(
              `SELECT own_id || ' ' || their_id AS pair FROM link WHERE relation = ${relation.code}`,
            );
            expect(found.map(({ pair }) => pair).sort(), `${own.name}.${name}`).to.deep.equal(wanted.sort());
            links += wanted.length;
          }
          const touched = new Set(settled.map(({ type, id }) => `${type} ${id}`));
          for (const related of registry.sames) {
            for (const id of new Set(steps.map((step) => step.subject ?? ''))) {
              for (const state of [before, after]) {
                for (const own of matching(state, related, id)) {
                  expect(touched, `${related.own.name}.${related.name}`).to.include(`${related.own.type.name} ${own}`);
                  matches += 1;
                }
              }
            }
          }
          before = after;
        }
      }),
      {
        numRuns: Number(process.env['RELATION_RUNS'] ?? 8),
        endOnFailure: true,
        seed: Number(process.env['RELATION_SEED'] ?? 20261124),
      },
    );
    expect(links).to.be.above(0);
    expect(matches).to.be.above(0);
  });

  /** Within some hours of one day, so that things overlap now and then. */
  function closer(step: StepInput, histories: Histories): StepInput {
    const at = (): Date => new Date(clock.now().getTime() - histories.pick([0, 5, 10, 20, 60, 120, 1450]) * 60_000);
    const facts = Object.entries(step.facts ?? {}).map(([name, value]) => [name, value instanceof Date ? at() : value]);
    return { ...step, occurredAt: at(), facts: Object.fromEntries(facts) };
  }

  async function record(steps: StepInput[]): Promise<boolean> {
    try {
      await inUnitOfWork(runtime, systemActor, (uow) => recordSteps(uow, registry, steps), { as: 'engine' });
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  type State = ReadonlyMap<string, readonly Row[]>;
  async function everybody(): Promise<State> {
    const found = new Map<string, Row[]>();
    const wanted = [...registry.overlaps, ...registry.sames].flatMap(({ own, theirs }) => [own.name, theirs.name]);
    for (const name of new Set(wanted)) found.set(name, await rows(`SELECT * FROM "${name}"`));
    return found;
  }

  const pairs = (state: State, own: Table, theirs: Table, holds: (a: Row, b: Row) => boolean): string[] =>
    (state.get(own.name) ?? []).flatMap((a) =>
      (state.get(theirs.name) ?? []).filter((b) => a.id !== b.id && holds(a, b)).map((b) => `${a.id} ${b.id}`),
    );

  /** Subjects whose rows match a row of the changed subject. */
  const matching = (state: State, { own, relation, theirs }: Related<Same>, changed: string): string[] =>
    (state.get(theirs.name) ?? [])
      .filter((b) => b[theirs.key] === changed)
      .flatMap((b) =>
        (state.get(own.name) ?? []).filter(
          (a) =>
            a.id !== b.id &&
            relation.match.every(([mine, other]) => {
              const [x, y] = [a[column(own, mine)], b[column(theirs, other)]];
              return x !== null && y !== null && String(x) === String(y);
            }),
        ),
      )
      .map((a) => String(a[own.key]));

  function overlap(own: Table, theirs: Table, r: Overlapping, a: Row, b: Row): boolean {
    const ms = (value: unknown): number | null => (value as Date | null)?.getTime() ?? null;
    const longest = r.longest * 3_600_000;
    const slack = r.slack * 1000;
    const [from, theirFrom] = [ms(a[column(own, r.from)]), ms(b[column(theirs, r.theirFrom)])];
    if (from === null || theirFrom === null || Math.abs(from - theirFrom) >= longest + slack) return false;
    const until = ms(a[column(own, r.until)]) ?? from + longest;
    const theirUntil = ms(b[column(theirs, r.theirUntil)]) ?? theirFrom + longest;
    const people = r.people.flatMap((fact) => [a[column(own, fact)]].flat()).filter((each) => each !== null);
    const their = [b[column(theirs, r.theirPerson)]].flat();
    return people.some((one) => their.includes(one)) && theirFrom < until + slack && theirUntil > from - slack;
  }
});
