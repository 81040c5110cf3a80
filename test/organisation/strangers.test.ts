import { expect } from 'chai';
import { testPassword } from '../support/bureau.ts';
import { request, signIn, type TestApi, testApi } from '../support/http.ts';

/** What somebody without an account can do to those who have one: nothing that lasts. */
describe('strangers', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await testApi();
  });
  afterEach(() => api.close());

  const tryIn = (login: string, password: string, headers: Record<string, string> = {}) =>
    request(api.url, 'POST', '/session', { login, password }, headers);
  const rows = <Row extends object>(text: string) => api.db.database.transaction((tx) => tx.sql<Row>(text));
  const entries = async () => (await rows<{ n: number }>('SELECT count(*) AS n FROM ledger_entry'))[0]!.n;

  it('lock nobody out of a browser on which he has signed in before', async () => {
    const first = await tryIn('yunbu', testPassword);
    const device = first.headers.getSetCookie()[1]!.split(';')[0]!;
    api.clock.pass(1);
    for (let i = 0; i < 5; i += 1) await tryIn('yunbu', 'a guess');

    expect((await tryIn('yunbu', testPassword)).status, 'from anywhere else').to.equal(429);
    expect((await tryIn('yunbu', testPassword, { cookie: device })).status).to.equal(200);
    expect((await tryIn('hedong', testPassword, { cookie: device })).status, 'another account').to.equal(200);
    api.clock.pass(1);
    for (let i = 0; i < 5; i += 1) expect((await tryIn('yunbu', 'a guess', { cookie: device })).status).to.equal(401);
    expect((await tryIn('yunbu', testPassword, { cookie: device })).status, 'guesses on the device').to.equal(429);
  });

  it('are counted by their address too, whatever logins they try', async () => {
    const answers = [];
    for (let i = 0; i < 70; i += 1) answers.push((await tryIn(`login${i}`, 'a guess')).status);

    expect(answers.filter((status) => status === 401)).to.have.length(60);
    expect(answers.filter((status) => status === 429)).to.have.length(10);
    api.clock.pass(15 * 60_000);
    expect((await tryIn('yunbu', testPassword)).status).to.equal(200);
  });

  it('write nothing into the ledger, and what they typed as a login is kept nowhere', async () => {
    const before = await entries();
    for (let i = 0; i < 20; i += 1) {
      await request(api.url, 'POST', '/session', { login: 'a', password: 'b' }, { origin: 'https://evil.example' });
      await tryIn('MyRealPassword-7', 'a guess');
    }

    expect(await entries()).to.equal(before);
    const kept = await rows<{ login: string }>(`SELECT login FROM login_attempt WHERE login ILIKE '%realpassword%'`);
    expect(kept).to.deep.equal([]);
    for (let i = 0; i < 9; i += 1) await tryIn('yunbu', 'a guess');
    expect((await entries()) - before, 'an account’s own failures, bounded by its lock').to.equal(5);
  });

  it('are told the same under another name of the server than its own', async () => {
    const { port } = new URL(api.url);
    const { request: raw } = await import('node:http');
    const status = await new Promise<number>((done, fail) => {
      const asked = raw({ port, path: '/api/session', headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        done(answer.statusCode ?? 0);
      });
      asked.once('error', fail).end();
    });

    expect(status).to.equal(421);
  });

  it('are no reason to keep a session: what the page asks by itself does not count as being there', async () => {
    const client = await signIn(api.url, 'yunbu');
    for (let i = 0; i < 6; i += 1) {
      api.clock.pass(5 * 60_000);
      await client.get('/notices');
      await client.get('/session', { 'x-idle': '300' });
    }
    expect((await client.get('/session')).status).to.equal(401);
  });
});

describe('a new password', () => {
  it('that is refused counts as no guess; one that was used lately does not come back', async () => {
    const api = await testApi();
    try {
      let client = await signIn(api.url, 'yunbu');
      const change = async (current: string, next: string) => {
        const answer = await client.post('/session/password', { current, next });
        if (answer.status === 200) client = await signIn(api.url, 'yunbu', next);
        return answer;
      };
      for (let i = 0; i < 8; i += 1) expect((await change(testPassword, 'P@ssw0rd1234')).status).to.equal(422);

      expect((await change(testPassword, 'tudou-yumi-qiezi-79')).status).to.equal(200);
      expect((await change('tudou-yumi-qiezi-79', testPassword)).body.code).to.equal('password.used');
      expect((await change('tudou-yumi-qiezi-79', 'velvet tractor under moon')).status).to.equal(200);
      expect((await change('velvet tractor under moon', 'tudou-yumi-qiezi-79')).body.code).to.equal('password.used');
    } finally {
      await api.close();
    }
  });
});
