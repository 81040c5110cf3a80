import { expect } from 'chai';
import { openEngine } from '../../server/engine.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { type CatalogueEntry, loadCatalogue, shippedRules } from '../../server/rules/catalogue.ts';
import { syncCatalogue } from '../../server/rules/catalogue-store.ts';
import { compileRule } from '../../server/rules/compile.ts';
import { systemActor } from '../../server/rules/sweep.ts';
import { type TestApi, testApi } from '../support/http.ts';

describe('A rule that a release words otherwise', function () {
  this.timeout(120_000);
  let api: TestApi;
  let shipped: CatalogueEntry[];
  before(async () => {
    api = await testApi({ engine: true });
    shipped = loadCatalogue(shippedRules, api.app.registry);
    renamed = release((text) => text.replace(/^title: \{ zh: [^,]*,/m, 'title: { zh: 到场超时（改写）,'));
  });
  after(() => api.close());

  /** The release in which ALM-03 is changed so. */
  const release = (change: (text: string) => string): CatalogueEntry[] =>
    shipped.map((entry) => {
      if (entry.rule.code !== 'ALM-03') return entry;
      const text = change(entry.text);
      return { ...entry, text, rule: compileRule({ file: entry.file, text }, api.app.registry) };
    });
  const start = (entries: CatalogueEntry[], onChange?: 'replace') =>
    inUnitOfWork(
      api.app.runtime,
      systemActor,
      (uow) => syncCatalogue(uow, entries, { now: uow.now, ...(onChange && { onChange }) }),
      { as: 'engine' },
    );
  const titleIn = async (entries: CatalogueEntry[]): Promise<string | undefined> =>
    (await openEngine(api.db.database, api.app.registry, entries)).rules.find(({ rule }) => rule.code === 'ALM-03')
      ?.rule.title.zh;
  let renamed: CatalogueEntry[];

  it('says what was signed until somebody signs the new wording', async () => {
    const was = await titleIn(shipped);

    const told = await start(renamed);
    const again = await start(renamed);

    expect(told.reworded.map(({ rule, waits }) => [rule.code, waits])).to.deep.equal([['ALM-03', true]]);
    expect([told.fresh, again.reworded], 'nothing is judged otherwise, and it is told once').to.deep.equal([[], []]);
    expect(await titleIn(renamed)).to.equal(was);

    const reader = await api.as('fazhizhang');
    const { body } = await reader.get('/rules/ALM-03/versions/1');
    expect(body.abilities).to.include('sign');
    expect(body.waitingText).to.contain('改写');
    const signed = await reader.post('/rules/ALM-03/versions/1/sign', { remark: '仅文字修改' });
    expect([signed.status, signed.body.waitingText]).to.deep.equal([200, null]);
    expect(signed.body.text).to.contain('改写');
    expect(await titleIn(renamed)).to.equal('到场超时（改写）');
    const entries = await api.db.database.transaction((tx) =>
      tx.sql(`SELECT seq FROM ledger_entry WHERE action = 'rule.reword'`),
    );
    expect(entries).to.have.length(1);
    expect((await reader.post('/rules/ALM-03/versions/1/sign', { remark: '再签' })).status).to.equal(409);
  });

  it('is taken as it is by a demonstration bureau', async () => {
    const told = await start(shipped, 'replace');

    expect(told.reworded.map(({ rule, waits }) => [rule.code, waits])).to.deep.equal([['ALM-03', false]]);
    expect(await titleIn(shipped)).to.not.contain('改写');
  });

  it('is another rule where it warns at another time or covers other findings', async () => {
    const warned = release((text) => text.replace(/^warn: .*$/m, '').concat('\nwarn: 3m\n'));

    const refused = await start(warned).catch((error: Error) => error.message);

    expect(refused).to.contain('a changed rule is a new version');
  });
});
