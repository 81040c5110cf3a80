import { expect } from 'chai';
import { type TestApi, testApi } from '../support/http.ts';

const photo = Buffer.from(`89504e470d0a1a0a${'00'.repeat(2_000_000)}`, 'hex');

describe('what one person leaves behind', function () {
  this.timeout(60_000);
  let api: TestApi;
  before(async () => {
    api = await testApi();
  });
  after(() => api.close());

  const sql = <Row extends object>(text: string) => api.db.database.transaction((tx) => tx.sql<Row>(text));
  const upload = async (login: string) =>
    (await api.as(login)).post('/attachments?name=a.png&type=image%2Fpng', photo, {
      headers: { 'content-type': 'image/png' },
    });

  it('who tries records out of his reach leaves a trace that does not grow with his tries', async () => {
    const desk = await api.as('jiejing');
    const opened = await desk.post('/alarms', {
      verb: 'receive',
      occurredAt: '2026-11-23T09:00:00+08:00',
      facts: { number: '990102000000202611230001', channel: 'call_110', unit: 16 },
    });
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    const stranger = await api.as('yunbu');

    for (let i = 0; i < 120; i += 1) expect((await stranger.get(`/alarms/${opened.body.id}`)).status).to.equal(404);
    for (let i = 0; i < 5; i += 1)
      expect((await stranger.get('/alarms/01930000-0000-7000-8000-000000000000')).status).to.equal(404);

    const entries = await sql<{ body: Buffer }>('SELECT body FROM ledger_entry');
    const told = entries.map(({ body }) => JSON.parse(body.toString())).filter((one) => one.action === 'access.refuse');
    expect(told.map(({ changes }) => changes.times ?? 1)).to.deep.equal([1, 10, 100]);
  });

  it('stores no more than a hundred megabytes a day, and nothing where no post of his waits for a file', async () => {
    expect((await upload('xitong')).body.code).to.equal('attachment.no-business');
    expect((await upload('chujing')).status).to.equal(201);
    await sql(`UPDATE attachment SET size = 100 * 1024 * 1024`);

    expect((await upload('chujing')).body.code).to.equal('attachment.quota');
    expect((await upload('chujing2')).status, 'somebody else').to.equal(201);
  });
});
