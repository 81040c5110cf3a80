import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstAdministrator, removeWhenUsed } from '../../server/first-start.ts';
import { readConfig } from '../../server/kernel/config.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe("the file with the first administrator's one-time password", () => {
  const home = mkdtempSync(join(tmpdir(), 'mingjing-first-'));
  let db: TestDatabase;
  const begin = (mode?: string) =>
    firstAdministrator(db.database, readConfig({ MINGJING_HOME: home, ...(mode && { MINGJING_MODE: mode }) }));

  before(async () => {
    db = await testDatabase();
  });
  after(async () => {
    rmSync(home, { recursive: true });
    await db.drop();
  });

  it('is not made in a demonstration', async () => {
    expect(await begin()).to.equal(undefined);
    expect(existsSync(join(home, 'first-administrator'))).to.equal(false);
  });

  it('stays as it is from start to start', async () => {
    const first = await begin('production');
    const text = readFileSync(first?.file ?? '', 'utf8');
    const second = await begin('production');

    expect(second).to.deep.equal({ login: 'admin', file: join(home, 'first-administrator') });
    expect(readFileSync(second?.file ?? '', 'utf8')).to.equal(text);
  });

  it('goes when he has set a password of his own, and does not come again', async () => {
    const told = await begin('production');
    if (!told) return expect.fail('told no more');
    const stop = removeWhenUsed(db.database, told, 20);
    await db.database.sql('UPDATE person SET must_change_password = false');
    while (existsSync(told.file)) await new Promise((done) => setTimeout(done, 20));
    stop();

    expect(await begin('production')).to.equal(undefined);
    expect(existsSync(told.file)).to.equal(false);
  });
});
