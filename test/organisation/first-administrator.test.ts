import { expect } from 'chai';
import { settableClock } from '../../server/kernel/clock.ts';
import { type Actor, inUnitOfWork, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { appendEntries } from '../../server/ledger/ledger.ts';
import { nameFirstAdministrator } from '../../server/organisation/first-administrator.ts';
import { cheapCost, isPassword } from '../../server/organisation/password.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const starter: Actor = {
  personId: null,
  name: '首次启动',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
};

describe('the first administrator', () => {
  let db: TestDatabase;
  let runtime: Runtime;

  before(async () => {
    db = await testDatabase();
    runtime = {
      database: db.database,
      clock: settableClock('2026-01-05T00:00:00Z'),
      settle: async () => {},
      append: async (uow, entries) => void (await appendEntries(uow, entries)),
    };
  });
  after(() => db.drop());

  const name = (known = '') =>
    inUnitOfWork(runtime, starter, (uow) => nameFirstAdministrator(uow, { cost: cheapCost, known }));
  const people = () =>
    db.database.transaction((tx) =>
      tx.sql<{ id: number; login: string; hash: string; must: boolean; roles: string[] }>(
        `SELECT id, login, password_hash AS hash, must_change_password AS must,
                ARRAY(SELECT role FROM post WHERE person_id = person.id) AS roles FROM person`,
      ),
    );

  it('is the only account, holds one office, and must change the password', async () => {
    const told = await name();
    const [admin, ...others] = await people();

    expect(others).to.deep.equal([]);
    expect(admin).to.deep.include({ login: told?.login, must: true, roles: ['system-administrator'] });
    expect(await isPassword(told?.password ?? '', admin?.hash ?? null, cheapCost)).to.equal(true);
  });

  it('gets another password as long as nobody has signed in', async () => {
    const [before] = await people();
    const told = await name();
    const [after, ...others] = await people();

    expect(others).to.deep.equal([]);
    expect(after?.hash).not.to.equal(before?.hash);
    expect(await isPassword(told?.password ?? '', after?.hash ?? null, cheapCost)).to.equal(true);
  });

  it('keeps the password that was told last, as long as it opens', async () => {
    const told = await name();
    const [before] = await people();
    const again = await name(told?.password);
    const other = await name('an-older-one');

    expect(again).to.deep.equal(told);
    expect((await people())[0]?.hash).not.to.equal(before?.hash);
    expect(other?.password).not.to.equal(told?.password);
  });

  it('is left alone once he has signed in', async () => {
    const [admin] = await people();
    await db.database.transaction((tx) =>
      tx.sql(
        `INSERT INTO session (id_hash, person_id, csrf, created_at, seen_at, expires_at) VALUES ('\\x00', $1, '', now(), now(), now())`,
        [admin?.id],
      ),
    );

    expect(await name()).to.equal(undefined);
    expect((await people())[0]?.hash).to.equal(admin?.hash);
  });

  it('is not made where people are', async () => {
    await db.database.transaction((tx) => tx.sql(`DELETE FROM setting WHERE key = 'first-administrator'`));

    expect(await name()).to.equal(undefined);
    expect(await people()).to.have.length(1);
  });
});
