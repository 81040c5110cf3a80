import { expect } from 'chai';
import { type Client, signIn, type TestApi, testApi } from '../support/http.ts';

describe('administration', () => {
  let api: TestApi;
  let system: Client;
  let security: Client;
  before(async () => {
    api = await testApi();
    system = await api.as('xitong');
    security = await api.as('anquan');
  });
  after(() => api.close());

  const person = { number: '991234', name: '钱进', kind: 'police', unitId: 16 };
  const grant = (who: Client, personId: number, role: string, unitId = 16) =>
    who.post('/posts', { personId, unitId, role, reason: '任命' });

  it('the system administrator makes a unit below his bureau, moves it, and closes it', async () => {
    const made = await system.post('/units', {
      code: '990102540000',
      name: '西街派出所',
      short: '西街所',
      kind: 'station',
      parentId: 10,
      area: 'urban',
    });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body.path).to.deep.equal([1, 10, made.body.id]);
    const below = await system.post('/units', {
      code: '990102540100',
      name: '西街警务室',
      short: '西街室',
      kind: 'office',
      parentId: made.body.id,
    });
    const change = { code: '990102540000', name: '西街派出所', short: '西街所', kind: 'station', area: 'urban' };
    expect((await system.put(`/units/${made.body.id}`, { ...change, parentId: below.body.id })).status).to.equal(409);
    await system.put(`/units/${made.body.id}`, { ...change, parentId: 17 });
    expect((await system.get(`/units/${below.body.id}`)).body.path).to.deep.equal([
      1,
      10,
      17,
      made.body.id,
      below.body.id,
    ]);
    expect(
      (await system.put(`/units/${made.body.id}`, { ...change, parentId: 10, closed: true })).body.closedAt,
    ).to.equal('2026-11-23T02:00:00.000Z');
    const listed = await system.get('/units?range=[0,99]');
    expect(listed.body.map((one: { id: number }) => one.id))
      .to.include(17)
      .and.not.include(made.body.id);
    expect((await system.post('/units', { ...change, parentId: 20 })).status).to.equal(404, 'another bureau');
    expect((await system.post('/units', { ...change, code: '990102540000', parentId: 10 })).status).to.equal(409);
  });

  it('makes a person with a one-time password who can do nothing until he has a post', async () => {
    const made = await system.post('/people', { ...person, login: 'qianjin' });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect((await system.post('/people', { ...person, number: '991235', login: 'QianJin' })).body.code).to.equal(
      'person.duplicate-login',
    );
    expect((await system.post('/people', { ...person, login: null })).body.code).to.equal('person.duplicate-number');
    const [{ id }] = (await security.get('/password-resets')).body;
    const { half } = (await security.post(`/password-resets/${id}/release`, {})).body;
    const code = `${made.body.half}-${half}`;
    const first = await signIn(api.url, 'qianjin', code);
    const changed = await first.post('/session/password', { current: code, next: 'Chunfeng-huayu-8' });
    expect(changed.body.abilities).to.deep.equal([]);
    const again = await signIn(api.url, 'qianjin', 'Chunfeng-huayu-8');
    expect((await again.get('/alarms')).status).to.equal(403);

    const granted = await grant(security, made.body.id, 'responding-officer');
    expect(granted.status, JSON.stringify(granted.body)).to.equal(201);
    expect((await again.get('/session')).status).to.equal(401, 'a new role begins with a new session');
    const officer = await signIn(api.url, 'qianjin', 'Chunfeng-huayu-8');
    expect((await officer.get('/alarms')).status).to.equal(200);

    expect((await security.post(`/posts/${granted.body.id}/end`, { reason: '调整' })).status).to.equal(200);
    expect((await officer.get('/alarms')).status).to.equal(401);
  });

  it('changes a person, and a stale form gets both values', async () => {
    const [{ id, version }] = (await system.get(`/people?filter=${encodeURIComponent('{"q":"991234"}')}`)).body;
    const changed = await system.put(
      `/people/${id}`,
      { ...person, qualification: 'middle', login: 'qianjin' },
      { version },
    );
    expect(changed.body).to.include({ qualification: 'middle', version: version + 1 });
    const stale = await system.put(`/people/${id}`, { ...person, name: '钱多', login: 'qianjin' }, { version });
    expect(stale.status).to.equal(409);
    expect(stale.body.current).to.include({ qualification: 'middle' });
    expect(stale.body.yours).to.include({ name: '钱多' });
  });

  it('nobody grants himself, the system administrator grants nobody, and the three offices stay apart', async () => {
    expect((await grant(security, 19, 'bureau-leader', 10)).body.code).to.equal('post.own');
    expect((await grant(system, 1, 'unit-head')).status).to.equal(403);
    expect((await grant(system, 1, 'security-administrator', 10)).status).to.equal(403, 'there is one already');
    expect((await grant(security, 18, 'security-auditor', 10)).body.code).to.equal('post.kept-apart');
    expect((await grant(security, 1, 'system-administrator', 10)).body.code).to.equal('post.kept-apart');
    expect((await grant(security, 3, 'case-officer')).body.code).to.equal('post.auxiliary');
    expect((await grant(security, 1, 'case-officer')).body.code).to.equal('post.held');
    expect((await grant(security, 1, 'unit-head', 22)).status).to.equal(404, 'another bureau');
    expect((await grant(security, 1, 'emperor')).status).to.equal(422);
    expect((await system.post('/people/18/disable', { reason: 'x' })).status).to.equal(403);
  });

  it('logins and telephones are the administrators’ alone', async () => {
    const [seen] = (await system.get(`/people?filter=${encodeURIComponent('{"id":[1]}')}`)).body;
    expect(seen).to.include({ login: 'chujing' });
    const [plain] = (await (await api.as('suozhang')).get(`/people?filter=${encodeURIComponent('{"id":[1]}')}`)).body;
    expect(plain)
      .to.include({ name: '王强', unitShort: '北门所' })
      .and.not.have.any.keys('login', 'phone', 'disabledAt');
    expect((await (await api.as('suozhang')).get('/people/16')).status).to.equal(404, 'another bureau');
  });

  it('everybody may read what each role may do', async () => {
    const { body } = await (await api.as('fujing')).get('/roles');
    expect(body).to.have.length(17);
    const auxiliary = body.find((one: { id: string }) => one.id === 'auxiliary');
    expect(auxiliary.label.zh).to.equal('辅警');
    expect(auxiliary.actions).to.deep.include({ action: 'alarm.read', scope: 'own', state: '*', effect: 'allow' });
  });
});
