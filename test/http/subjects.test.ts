import { expect } from 'chai';
import { type TestApi, testApi } from '../support/http.ts';

describe('subjects over HTTP', () => {
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
      channel: 'call_110',
      unit: 16,
      topic: '电动车被盗',
      place: '北门区文化路12号3单元402',
      caller: '张小明',
      callerPhone: '13812345678',
      narrative: '张小明称其电动车被盗，电话13812345678',
      ...more,
    },
  });

  it('an alarm is received, dispatched, acknowledged and seen again with its parts, names and verbs', async () => {
    const desk = await api.as('jiejing');
    const opened = await desk.post('/alarms', receive('990102000000202611230001'));
    expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
    expect(opened.body).to.include({ version: 1, number: '990102000000202611230001', unit: 16 });

    const id = opened.body.id as string;
    const sent = await desk.post(
      `/alarms/${id}/steps`,
      { verb: 'dispatch', occurredAt: '2026-11-23T08:02:00+08:00', facts: { unit: 16 } },
      { version: 1 },
    );
    expect(sent.status, JSON.stringify(sent.body)).to.equal(200);

    const officer = await api.as('chujing');
    const acknowledged = await officer.post(`/alarms/${id}/steps`, {
      verb: 'acknowledge',
      partId: sent.body.partId,
      occurredAt: '2026-11-23T08:03:00+08:00',
      facts: { officer: 1 },
    });
    expect(acknowledged.status, JSON.stringify(acknowledged.body)).to.equal(200);

    const { body } = await officer.get(`/alarms/${id}`);
    expect(body.parts.dispatches).to.have.length(1);
    expect(body.parts.dispatches[0]).to.include({ officer: 1, unit: 16, sentAt: '2026-11-23T00:02:00.000Z' });
    expect(body.refs).to.deep.include({ person: { 1: { name: '王强', number: '990001', kind: 'police' } } });
    expect(body.abilities).to.include('arrive').and.not.include('call_back');
    expect(body.version).to.equal(3);

    const timeline = await officer.get(`/alarms/${id}/timeline`);
    expect(timeline.body.map((step: { verb: string }) => step.verb)).to.deep.equal([
      'receive',
      'dispatch',
      'acknowledge',
    ]);
  });

  it('lists give a page, its range, and what a Chinese search finds', async () => {
    const desk = await api.as('jiejing');
    await desk.post(
      '/alarms',
      receive('990102000000202611230002', { topic: '邻里噪音纠纷', place: '北门区建设街5号' }),
    );
    const all = await desk.get(`/alarms?range=[0,0]&sort=["number","DESC"]`);
    expect(all.headers.get('content-range')).to.equal('alarms 0-0/2');
    expect(all.body[0].number).to.equal('990102000000202611230002');
    const found = await desk.get(`/alarms?filter=${encodeURIComponent(JSON.stringify({ q: '噪音' }))}`);
    expect(found.body.map((one: { topic: string }) => one.topic)).to.deep.equal(['邻里噪音纠纷']);
    const byUnit = await desk.get(
      `/alarms?filter=${encodeURIComponent(JSON.stringify({ unitId: 10, receivedAt_gte: '2026-11-23', receivedAt_lte: '2026-11-23' }))}`,
    );
    expect(byUnit.body).to.have.length(2);
  });

  it('the vocabulary, the search over everything and the description are served', async () => {
    const officer = await api.as('chujing');
    const vocabulary = await officer.get('/vocabulary');
    expect(vocabulary.body.subjects.map((one: { name: string }) => one.name)).to.include.members([
      'alarm',
      'case',
      'item',
      'shift',
      'recording',
      'finding',
    ]);
    const hits = await officer.get('/search?q=202611230001');
    expect(hits.body[0]).to.include({ type: 'alarm', number: '990102000000202611230001', unit: '北门所' });
    const description = await api.nobody.get('/openapi.json');
    expect(description.body.openapi).to.equal('3.1.0');
    expect(
      description.body.paths['/api/alarms/{id}/steps'].post.requestBody.content['application/json'].schema.properties,
    ).to.include.keys('verb', 'occurredAt');
  });
});
