import { expect } from 'chai';
import { prepareDatabase } from '../../server/bootstrap/prepare.ts';
import { PlainStop } from '../../server/bootstrap/sentences.mjs';
import { withClient } from '../../server/kernel/roles.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

describe('a database that is there already', () => {
  let db: TestDatabase;

  before(async () => {
    db = await emptyDatabase();
  });
  after(() => db.drop());

  const prepare = (appUrl: string, ownerUrl = db.ownerUrl) =>
    prepareDatabase({ appUrl, ownerUrl, database: '' }).catch((error: Error) => error);

  it('is migrated once', async () => {
    const first = await prepare(db.url);
    const second = await prepare(db.url);

    expect(first).to.include('2026-11-23-foundation');
    expect(second).to.deep.equal([]);
  });

  for (const [who, url] of [
    ['a superuser', () => db.superUrl],
    ['the owner', () => db.ownerUrl],
  ] as const) {
    it(`is not served as ${who}`, async () => {
      const refused = await prepare(url());

      expect(refused).to.be.instanceOf(PlainStop);
      expect(String(refused)).to.contain('start refused');
    });
  }

  it('that cannot be reached is told in one sentence', async () => {
    const refused = await prepare(db.url, 'postgres://nobody@127.0.0.1:1/none');

    expect(refused).to.be.instanceOf(PlainStop);
    expect(String(refused)).to.contain('DATABASE_OWNER_URL');
  });

  it('of a newer release is not touched by this one', async () => {
    await prepare(db.url);
    await withClient(db.ownerUrl, (client) =>
      client.query(`INSERT INTO migration (name, executed_at) VALUES ('2099-01-01-to-come', now())`),
    );

    const refused = await prepare(db.url);

    expect(refused).to.be.instanceOf(PlainStop);
    expect(String(refused)).to.contain('更新的版本').and.contain('2099-01-01-to-come').and.contain('start refused');
  });
});
