import { expect } from 'chai';
import { testPassword } from '../support/bureau.ts';
import { request, signIn, type TestApi, testApi } from '../support/http.ts';

const minute = 60_000;

describe('signing in', () => {
  let api: TestApi;
  before(async () => {
    api = await testApi();
  });
  after(() => api.close());

  const tryIn = (login: string, password: string, headers: Record<string, string> = {}) =>
    request(api.url, 'POST', '/session', { login, password }, headers);

  /** The code of a reset, proposed by one administrator and released by the other. */
  const newPassword = async (person: number): Promise<string> => {
    const [administrator, security] = [await signIn(api.url, 'xitong'), await signIn(api.url, 'anquan')];
    const proposed = await administrator.post(`/people/${person}/reset-password`, { reason: '本人申请' });
    const released = await security.post(`/password-resets/${proposed.body.id}/release`, {});
    return `${proposed.body.half}-${released.body.half}`;
  };

  it('gives an opaque cookie of which the database keeps only the hash, and says who one is', async () => {
    const { status, body, headers } = await tryIn('chujing', testPassword);
    expect(status).to.equal(200);
    expect(body.person).to.deep.include({ name: '王强', number: '990001', unitId: 16, unitName: '北门派出所' });
    expect(body.roles).to.have.members(['responding-officer', 'case-officer']);
    expect(body.abilities).to.include.members(['alarm.arrive', 'alarm.read']).and.not.include('person.create');
    const [cookie = '', device] = headers.getSetCookie();
    expect(device).to.match(/^mingjing-device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=15552000$/);
    expect(cookie).to.match(/^mingjing=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const token = cookie.slice('mingjing='.length, 'mingjing='.length + 43);
    const found = await api.db.database.transaction((tx) =>
      tx.sql<{ hits: number }>(`SELECT count(*) AS hits FROM session s WHERE s::text LIKE '%' || $1 || '%'`, [token]),
    );
    expect(found[0]?.hits).to.equal(0);
  });

  it('answers a wrong password, an unknown login and a disabled account alike', async () => {
    await api.db.database.transaction((tx) =>
      tx.sql(`UPDATE person SET disabled_at = '2026-01-01Z' WHERE login = 'shenji'`),
    );
    const answers = [
      await tryIn('chujing', 'wrong password 1'),
      await tryIn('nobody-here', 'wrong password 1'),
      await tryIn('shenji', testPassword),
    ];
    for (const { status, body } of answers) {
      expect(status).to.equal(401);
      expect({ ...body, requestId: '' }).to.deep.equal({ ...answers[0]?.body, requestId: '' });
    }
  });

  it('refuses without a session, and says so in the language asked for', async () => {
    const zh = await api.nobody.get('/alarms');
    expect(zh.status).to.equal(401);
    expect(zh.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(zh.body.title).to.equal('请先登录');
    expect((await api.nobody.get('/alarms', { 'accept-language': 'en' })).body.title).to.equal('Please sign in');
  });

  it('ends when it is idle for thirty minutes, after twelve hours, at sign-out and when the account is disabled', async () => {
    const idle = await signIn(api.url, 'hedong');
    api.clock.pass(29 * minute);
    expect((await idle.get('/session')).status).to.equal(200);
    api.clock.pass(30 * minute);
    expect((await idle.get('/session')).status).to.equal(401);

    const long = await signIn(api.url, 'hedong');
    for (let i = 0; i < 35; i += 1) {
      api.clock.pass(20 * minute);
      expect((await long.get('/session')).status, `after ${(i + 1) * 20} minutes`).to.equal(200);
    }
    api.clock.pass(20 * minute);
    expect((await long.get('/session')).status).to.equal(401);

    const out = await signIn(api.url, 'hedong');
    expect((await out.delete('/session')).status).to.equal(200);
    expect((await out.get('/session')).status).to.equal(401);

    const dismissed = await signIn(api.url, 'hedong');
    const administrator = await signIn(api.url, 'xitong');
    expect((await administrator.post('/people/6/disable', { reason: '调离' })).status).to.equal(200);
    expect((await dismissed.get('/session')).status).to.equal(401);
    expect((await administrator.post('/people/6/enable', { reason: '恢复' })).status).to.equal(200);
  });

  it('locks a login for thirty minutes after five failures, exactly, whoever asks', async () => {
    const wrong = () => tryIn('yunbu', 'not the password');
    for (let i = 0; i < 5; i += 1) expect((await wrong()).status).to.equal(401);
    const locked = await tryIn('yunbu', testPassword);
    expect(locked.status).to.equal(429);
    expect(locked.body.title).to.contain('30 分钟');
    api.clock.pass(30 * minute - 1);
    expect((await tryIn('YunBu ', testPassword)).status).to.equal(429);
    api.clock.pass(1);
    expect((await tryIn('yunbu', testPassword)).status).to.equal(200);
  });

  it('verifies five guesses at most when a hundred come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => tryIn('nanfazhi', 'guess after guess')));
    expect(answers.filter((one) => one.status === 401)).to.have.length(5);
    expect(answers.filter((one) => one.status === 429)).to.have.length(95);
  });

  it('an administrator unlocks, but nobody resets or unlocks himself', async () => {
    const administrator = await signIn(api.url, 'xitong');
    expect((await administrator.post('/people/17/unlock', { reason: '本人申请' })).status).to.equal(
      404,
      '澜南 lies outside of his bureau',
    );
    expect((await administrator.post('/people/18/unlock', { reason: '本人' })).status).to.equal(403);
    expect((await administrator.post('/people/18/reset-password', { reason: '本人' })).status).to.equal(403);
  });

  it('lets nothing be done before a one-time password is changed, and takes no weak one', async () => {
    const body = { password: await newPassword(7) };
    const head = await signIn(api.url, 'hedongsuozhang', body.password);
    const refused = await head.get('/alarms');
    expect(refused.status).to.equal(403);
    expect(refused.body.code).to.equal('session.password-must-change');
    const next = (password: string) => head.post('/session/password', { current: body.password, next: password });
    for (const weak of [
      'short',
      'aaaaaaaaaaaa',
      'mingjing2026',
      'abcdefghijkl',
      '990007-990007',
      '吴斌吴斌吴斌吴斌吴斌吴斌',
      body.password,
    ]) {
      expect((await next(weak)).status, weak).to.equal(422);
    }
    expect((await head.post('/session/password', { current: 'not it', next: 'Qingshan-lvshui-7' })).body.code).to.equal(
      'password.wrong',
    );
    const changed = await next('Qingshan-lvshui-7');
    expect(changed.status).to.equal(200);
    expect((await head.get('/session')).status).to.equal(401, 'the old session is gone');
    expect((await tryIn('hedongsuozhang', 'Qingshan-lvshui-7')).body.mustChangePassword).to.equal(false);
  });

  it('sets __Host- and Secure where the address is https', async () => {
    const { createApp } = await import('../../server/app.ts');
    const { cheapCost } = await import('../../server/organisation/password.ts');
    const { createServer } = await import('node:http');
    const app = createApp({
      database: api.db.database,
      clock: api.clock,
      publicUrl: 'https://mingjing.example',
      passwordCost: cheapCost,
    });
    const server = createServer(app.koa.callback());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const answer = await request(
      `http://127.0.0.1:${port}`,
      'POST',
      '/session',
      { login: 'chujing', password: testPassword },
      {},
    );
    expect(answer.headers.getSetCookie()[0]).to.match(/^__Host-mingjing=.*; Secure$/);
    expect(answer.headers.get('strict-transport-security')).to.match(/max-age=31536000/);
    server.closeAllConnections();
    server.close();
  });

  it('writes failures and sign-ins into the ledger', async () => {
    const rows = await api.db.database.transaction((tx) =>
      tx.sql<{ body: Buffer }>(`SELECT body FROM ledger_entry WHERE object_type IN ('login', 'person')`),
    );
    const actions = rows.map(({ body }) => JSON.parse(body.toString()).action);
    expect(actions).to.include.members([
      'session.refuse',
      'session.start',
      'session.end',
      'person.reset',
      'session.change-password',
    ]);
  });
});
