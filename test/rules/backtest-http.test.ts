import { expect } from 'chai';
import { advanceBacktest } from '../../server/rules/backtest.ts';
import { type TestApi, testApi } from '../support/http.ts';
import { shipped } from './engine.ts';

const text = shipped.find(({ rule }) => rule.code === 'ALM-03')!.text;
const period = { from: '2026-11-01', to: '2026-11-30' };

describe('Back-tests over HTTP', () => {
  let api: TestApi;
  before(async function () {
    this.timeout(60_000);
    api = await testApi({ engine: true });
    const desk = await api.as('jiejing');
    for (const [i, unit] of [16, 22].entries()) {
      const opened = await desk.post('/alarms', {
        verb: 'receive',
        occurredAt: '2026-11-23T08:00:00+08:00',
        facts: {
          number: `99010200000020261123000${i}`,
          channel: 'call_110',
          priority: 'urgent',
          area: 'urban',
          unit,
          topic: '打架',
        },
      });
      expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
      const sent = await desk.post(`/alarms/${opened.body.id}/steps`, {
        verb: 'dispatch',
        occurredAt: '2026-11-23T08:02:00+08:00',
        facts: { unit },
      });
      expect(sent.status, JSON.stringify(sent.body)).to.equal(200);
    }
  });
  after(() => api.close());

  it('starts one, tells its progress and its result, exports it, and tells the ledger', async () => {
    const head = await api.as('shifazhi');
    const started = await head.post('/backtests', { text, ...period });
    expect(started.status, JSON.stringify(started.body)).to.equal(201);
    expect(started.body).to.include({ code: 'ALM-03', state: 'queued', progress: 0 });
    const { id } = started.body as { id: string };
    await advanceBacktest(api.app.runtime, api.app.registry, id);

    const { body } = await head.get(`/backtests/${id}`);
    expect(body).to.include({ state: 'done', progress: 1, compared: true });
    expect(body.tried).to.include({ opened: 2, overdue: 2 });
    expect(body.sample).to.have.length(2);
    expect(body.sample[0].explanation.plain.zh).to.include('未见办结');
    expect((await head.get(`/backtests/${id}/duties?list=broken`)).body).to.have.length(2);
    const csv = await fetch(`${api.url}/api/backtests/${id}/export`, { headers: { cookie: head.cookie } });
    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect([...new Uint8Array(await csv.arrayBuffer()).subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const entries = await api.db.database.transaction((tx) =>
      tx.sql<{ action: string }>(`SELECT action FROM ledger_entry WHERE object_id = $1 ORDER BY seq`, [id]),
    );
    expect(entries.map(({ action }) => action)).to.deep.equal([
      'rule.backtest',
      'rule.backtest_done',
      'rule.backtest_export',
    ]);
  });

  it('by code and version, cancelled and resumed', async () => {
    const head = await api.as('shifazhi');
    const { body } = await head.post('/backtests', { code: 'ALM-03', ...period });
    expect(body).to.include({ version: 1 });
    expect((await head.post(`/backtests/${body.id}/resume`)).status).to.equal(409);
    expect((await head.post(`/backtests/${body.id}/cancel`)).body).to.include({ state: 'cancelled' });
    expect((await head.post(`/backtests/${body.id}/resume`)).body).to.include({ state: 'queued' });
  });

  it('a branch tests on its own units, and does not see the runs of others', async () => {
    const branch = await api.as('fazhi');
    const { status, body } = await branch.post('/backtests', { text, ...period });
    expect(status).to.equal(201);
    await advanceBacktest(api.app.runtime, api.app.registry, body.id);
    expect((await branch.get(`/backtests/${body.id}`)).body.tried.opened).to.equal(1);
    expect((await branch.post('/backtests', { text, ...period, units: [22] })).status).to.equal(403);
    expect((await (await api.as('nanfazhi')).get(`/backtests/${body.id}`)).status).to.equal(404);
    const seen = (await branch.get('/backtests')).body as { id: string }[];
    expect(seen.map(({ id }) => id)).to.deep.equal([body.id]);
  });

  it('refuses those who are not of the legal office, and what is wrong', async () => {
    expect((await (await api.as('chujing')).post('/backtests', { text, ...period })).status).to.equal(403);
    const head = await api.as('shifazhi');
    const wrong = await head.post('/backtests', { text: text.replace('alarm.priority', 'alarm.prioritx'), ...period });
    expect(wrong.status).to.equal(422);
    expect(wrong.body.fields[0]).to.include({ path: 'text' });
    for (const more of [{ from: '2026-12-01', to: '2026-11-01' }, { units: [999] }, { from: '2026-13-01' }])
      expect((await head.post('/backtests', { text, ...period, ...more })).status, JSON.stringify(more)).to.equal(422);
    expect((await head.post('/backtests', period)).status).to.equal(422);
    expect((await head.post('/backtests', { code: 'XXX-99', ...period })).status).to.equal(404);
  });
});
