import { expect } from 'chai';
import { type TestApi, testApi } from '../support/http.ts';

describe('complaints over HTTP', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi();
  });
  after(() => api.close());

  const receive = (number: string, more: object = {}) => ({
    verb: 'receive',
    occurredAt: '2026-11-23T08:00:00+08:00',
    facts: {
      number,
      channel: 'mailbox',
      topic: '案件办理进展缓慢',
      unit: 16,
      complainant: '郑小燕',
      phone: '13812345678',
      content: '郑小燕反映其报案后一直没有答复，电话13812345678',
      ...more,
    },
  });

  it('the unit complained about is not given the complaint, neither at first nor later', async () => {
    const clerk = await api.as('xinfang');
    const itself = await clerk.post('/complaints', receive('XF-1', { unit: 16, against: 16 }));
    expect(itself.status).to.equal(409);
    expect(itself.body.code).to.equal('complaint.must-be-apart');

    const opened = await clerk.post('/complaints', receive('XF-2', { unit: 17, against: 16 }));
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    const assigned = await clerk.post(`/complaints/${opened.body.id}/steps`, {
      verb: 'assign',
      occurredAt: '2026-11-23T08:30:00+08:00',
      facts: { unit: 16 },
    });
    expect(assigned.status).to.equal(409);
    expect(assigned.body.code).to.equal('complaint.must-be-apart');
  });

  it('the unit complained about does not see it; the handling unit sees the matter without the complainant', async () => {
    const clerk = await api.as('xinfang');
    const { body } = await clerk.post('/complaints', receive('XF-3', { unit: 17, against: 16 }));
    const path = `/complaints/${body.id}`;

    expect((await clerk.get(path)).body).to.include({ complainant: '郑小燕', phone: '13812345678' });
    expect((await (await api.as('suozhang')).get(path)).status).to.equal(404);
    expect((await (await api.as('fazhiyuan')).get('/complaints')).body).to.deep.equal([]);

    const head = await (await api.as('hedongsuozhang')).get(path);
    expect(head.status).to.equal(200);
    expect(head.body.complainant).to.equal(null);
    expect(head.body.phone).to.equal(null);
    const legal = await (await api.as('fazhi')).get(path);
    expect(legal.body.complainant).to.equal(null);
    expect(legal.body.content).to.equal('诉求人反映其报案后一直没有答复，电话***');
  });

  it('whoever handles it knows the complainant', async () => {
    const clerk = await api.as('xinfang');
    const officer = await api.as('hedong');
    const { body } = await clerk.post(
      '/complaints',
      receive('XF-4', { unit: officer.session.person.unitId, handler: officer.session.person.id }),
    );
    const seen = await officer.get(`/complaints/${body.id}`);
    expect(seen.status, JSON.stringify(seen.body)).to.equal(200);
    expect(seen.body.complainant).to.equal('郑小燕');
    expect(seen.body.abilities).to.include('sign').and.not.include('assign');
  });
});
