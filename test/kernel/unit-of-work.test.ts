import { expect } from 'chai';
import { settableClock } from '../../server/kernel/clock.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const nobody: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: ['system'] };

describe('unit of work', () => {
  let db: TestDatabase;
  let runtime: Runtime;
  const settled: string[] = [];

  before(async () => {
    db = await testDatabase();
    runtime = {
      database: db.database,
      clock: settableClock('2026-01-05T00:00:00Z'),
      settle: async (uow, changes) => {
        const [row] = await uow.sql<{ role: string }>('SELECT current_user AS role');
        for (const change of changes) settled.push(`${change.type} as ${row?.role}`);
        if (changes[0]?.type === 'alarm') uow.changed([{ type: 'finding', id: '1' }]);
      },
      append: async (uow, entries) => {
        const [row] = await uow.sql<{ role: string }>('SELECT current_user AS role');
        settled.push(`ledger ${entries.length} as ${row?.role}`);
      },
    };
  });
  after(() => db.drop());

  it('settles what changed as the engine, in rounds, and appends to the ledger last as the app', async () => {
    settled.length = 0;

    const role = await inUnitOfWork(runtime, nobody, async (uow) => {
      uow.changed([{ type: 'alarm', id: '1' }]);
      uow.changed([{ type: 'alarm', id: '1' }]);
      uow.log({ action: 'alarm.receive' });
      return (await uow.sql<{ role: string }>('SELECT current_user AS role'))[0]?.role;
    });

    expect(role).to.equal('mingjing_app');
    expect(settled).to.deep.equal([
      'alarm as mingjing_engine',
      'finding as mingjing_engine',
      'ledger 1 as mingjing_app',
    ]);
  });

  it('reads instants, numbers, days and arrays as JavaScript values', async () => {
    const [row] = await inUnitOfWork(runtime, nobody, (uow) =>
      uow.sql(
        `SELECT '2026-01-05 08:00:00.123+08'::timestamptz AS at, 7::bigint AS n, 0.5::numeric AS r,
        '2026-01-05'::date AS day, ARRAY[1::bigint, NULL] AS list, ARRAY['2026-01-05'::date] AS days,
        ARRAY['2026-01-05 00:00Z'::timestamptz] AS instants, '{"a":[1]}'::jsonb AS json, $1::timestamptz AS given`,
        [new Date('2026-01-05T00:00:00.001Z')],
      ),
    );

    expect(row).to.deep.equal({
      at: new Date('2026-01-05T00:00:00.123Z'),
      n: 7,
      r: 0.5,
      day: '2026-01-05',
      list: [7 - 6, null],
      days: ['2026-01-05'],
      instants: [new Date('2026-01-05T00:00:00Z')],
      json: { a: [1] },
      given: new Date('2026-01-05T00:00:00.001Z'),
    });
  });

  describe('leaves nothing behind', () => {
    const write = `INSERT INTO setting (key, value) VALUES ('half', '1')`;
    const written = async () => (await db.database.transaction((tx) => tx.sql('SELECT 1 FROM setting'))).length;
    const fail = async () => {
      throw new Error('planned');
    };

    const failures: [string, Partial<Runtime>, boolean][] = [
      ['when the work fails', {}, true],
      ['when judging fails', { settle: fail }, false],
      ['when the ledger refuses the entry: no audit, no action', { append: fail }, false],
      ['when judging does not come to rest', { settle: async (uow, changes) => uow.changed(changes) }, false],
    ];
    for (const [when, broken, worksBadly] of failures) {
      it(when, async () => {
        const error = await inUnitOfWork({ ...runtime, ...broken }, nobody, async (uow) => {
          await uow.sql(write);
          uow.changed([{ type: 'alarm', id: '1' }]);
          uow.log({ action: 'alarm.receive' });
          if (worksBadly) await fail();
        }).catch((reason: Error) => reason);

        expect(error).to.be.instanceOf(Error);
        expect(await written()).to.equal(0);
      });
    }

    it('and the same work leaves something when nothing fails', async () => {
      await inUnitOfWork(runtime, nobody, (uow) => uow.sql(write));

      expect(await written()).to.equal(1);
    });
  });

  it('gives the next transaction of the same connection no role and no person of the last one', async () => {
    await inUnitOfWork(runtime, { ...nobody, personId: 7 }, (uow) => uow.sql('SELECT 1'), { as: 'engine' });

    const rows = await Promise.all(
      Array.from({ length: 4 }, () =>
        db.database.transaction((tx) =>
          tx.sql(`SELECT current_user AS role, coalesce(current_setting('mingjing.person', true), '') AS person`),
        ),
      ),
    );

    for (const row of rows.flat()) expect(row).to.deep.equal({ role: 'mingjing_app', person: '' });
  });

  it('stamps everything in it with one instant', async () => {
    const instants = await inUnitOfWork(runtime, nobody, async (uow) => [uow.now, uow.now]);

    expect(instants[0]).to.equal(instants[1]);
    expect(instants[0]?.toISOString()).to.equal('2026-01-05T00:00:00.000Z');
  });
});
