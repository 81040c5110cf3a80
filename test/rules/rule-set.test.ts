import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { openEngine } from '../../server/engine.ts';
import { loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { changeRules, holdRules } from '../../server/rules/rule-set.ts';
import { type TestApi, testApi } from '../support/http.ts';

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('The rule set', function () {
  this.timeout(180_000);
  let api: TestApi;
  before(async () => {
    api = await testApi({ engine: true });
  });
  after(() => api.close());

  it('changes when nobody judges by it any more, and nobody judges meanwhile', async () => {
    const { database } = api.db;
    const done: string[] = [];
    let release = (): void => {};
    const held = new Promise<void>((go) => {
      release = go;
    });
    const judging = database.transaction(async (tx) => {
      await holdRules(tx);
      await held;
      done.push('judged');
    });
    await wait(100);
    const changing = database.transaction(async (tx) => {
      await changeRules(tx);
      done.push('changed');
      await wait(100);
    });
    await wait(100);
    const late = database.transaction(async (tx) => {
      await holdRules(tx);
      done.push('judged anew');
    });
    await wait(200);
    expect(done, 'the change waits for whoever judges, and the next one for the change').to.deep.equal([]);
    release();
    await Promise.all([judging, changing, late]);
    expect(done).to.deep.equal(['judged', 'changed', 'judged anew']);
  });

  it('is read behind the lock: never as of a moment before the change', async () => {
    const { database } = api.db;
    const stamps = async () => database.transaction((tx) => holdRules(tx));
    const before = await stamps();
    const changing = database.transaction(async (tx) => {
      await changeRules(tx);
      await wait(150);
    });
    await wait(50);
    expect(await stamps(), 'begun during the change').to.not.equal(before);
    await changing;
  });

  it('is as it was when a change is undone', async () => {
    const engine = await openEngine(api.db.database, api.app.registry);
    const undone = api.db.database.transaction(async (tx) => {
      await changeRules(tx);
      await tx.sql(`UPDATE rule_version SET state = 'repealed'`);
      await engine.refresh?.(tx);
      expect(engine.rules.every(({ state }) => state === 'repealed')).to.equal(true);
      throw new Error('undone');
    });
    await undone.catch((error: Error) => expect(error.message).to.equal('undone'));
    await api.db.database.transaction((tx) => engine.refresh?.(tx) ?? Promise.resolve());
    expect(engine.rules.some(({ state }) => state === 'enacted')).to.equal(true);
  });

  it('leaves it to the bureau what becomes of a new file about a rule that it has amended itself', async () => {
    const file = 'item/PRO-01-hand-over.yml';
    const shipped = readFileSync(`${shippedRules}/${file}`, 'utf8');
    const drafter = await api.as('fazhi');
    const { version } = (
      await drafter.post('/rules/drafts', { text: shipped.replace("from: '2013-01-01'", "from: '2026-12-01'") })
    ).body;
    expect((await drafter.post(`/rules/PRO-01/versions/${version}/try`, {})).status).to.equal(200);

    const text = shipped.replace(/^id: PRO-01/m, 'id: PRO-01\nversion: 2').replace("'2013-01-01'", "'2027-01-01'");
    const entry = { rule: compileRule({ file, text }, api.app.registry), file, text };
    const entries = [...loadCatalogue(shippedRules, api.app.registry), entry];
    const { fresh, held } = await api.db.database.transaction((tx) =>
      syncCatalogue(tx, entries, { now: api.clock.now(), onChange: 'replace' }),
    );
    expect(held.map(({ rule }) => `${rule.code} ${rule.version}`)).to.deep.equal(['PRO-01 2']);
    expect(fresh).to.deep.equal([]);
    const card = (await drafter.get('/rules/PRO-01')).body;
    expect(card.versions.map((one: { version: number; state: string }) => [one.version, one.state])).to.deep.equal([
      [1001, 'trial'],
      [2, 'draft'],
      [1, 'enacted'],
    ]);
  });
});
