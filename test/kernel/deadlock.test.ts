import { expect } from 'chai';
import { settableClock } from '../../server/kernel/clock.ts';
import { locks } from '../../server/kernel/locks.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const actor: Actor = { personId: null, name: '系统', unitId: null, unitName: '', role: 'system', roles: [] };

describe('Units of work that stand in each other’s way', () => {
  let db: TestDatabase;
  let runtime: Runtime;
  before(async () => {
    db = await testDatabase();
    const nothing = async (): Promise<void> => {};
    runtime = { database: db.database, clock: settableClock('2026-01-05T09:00:00Z'), settle: nothing, append: nothing };
  });
  after(() => db.drop());

  /** Two that take the same two locks in turn; each waits, in its first try, until the other has its own. */
  const collide = async (attempt: (tries: number) => void): Promise<string[]> => {
    let meet = (): void => {};
    const both = new Promise<void>((resolve) => {
      meet = resolve;
    });
    let there = 0;
    const one = (first: number, second: number): Promise<string> => {
      let tries = 0;
      return inUnitOfWork(runtime, actor, async (uow) => {
        tries += 1;
        attempt(tries);
        await uow.sql('SELECT pg_advisory_xact_lock($1)', [first]);
        there += 1;
        if (there === 2) meet();
        if (tries === 1) await both;
        await uow.sql('SELECT pg_advisory_xact_lock($1)', [second]);
        return `${first} ${second}`;
      });
    };
    return Promise.all([one(91, 92), one(92, 91)]);
  };

  it('are undone and tried again, whoever they work for', async () => {
    let most = 0;

    const done = await collide((tries) => {
      most = Math.max(most, tries);
    });

    expect(done).to.deep.equal(['91 92', '92 91']);
    expect(most).to.equal(2);
  });

  it('are told of after five tries', async () => {
    let tries = 0;

    const told = await inUnitOfWork(runtime, actor, async (uow) => {
      tries += 1;
      await uow.sql(`DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$`);
    }).catch((error: { code?: string }) => error.code);

    expect([told, tries]).to.deep.equal(['40001', 5]);
  });

  it('are not tried again for any other error', async () => {
    let tries = 0;

    await inUnitOfWork(runtime, actor, async () => {
      tries += 1;
      throw new Error('no');
    }).catch(() => {});

    expect(tries).to.equal(1);
  });

  it('no two locks share a number', () => {
    const numbers = Object.values<number>(locks);
    expect(new Set(numbers).size).to.equal(numbers.length);
  });
});
