import { connect } from 'node:net';
import { expect } from 'chai';
import { type Answer, type Client, request, type TestApi, testApi } from '../support/http.ts';

describe('bad input', () => {
  let api: TestApi;
  let desk: Client;
  let id: string;
  let csrf: Record<string, string>;

  const at = '2026-11-23T08:00:00+08:00';
  const facts = { number: '990102000000202611230007', channel: 'call_110', unit: 16 };

  before(async () => {
    api = await testApi();
    desk = await api.as('jiejing');
    const opened = await desk.post('/alarms', { verb: 'receive', occurredAt: at, facts });
    id = opened.body.id;
    csrf = { cookie: desk.cookie, 'x-csrf-token': desk.session.csrf };
  });
  after(() => api.close());

  /** A plain problem: no stack, no SQL, no path of the machine. */
  function isProblem(answer: Answer, status: number, what = ''): void {
    expect(answer.status, `${what} ${JSON.stringify(answer.body)}`).to.equal(status);
    expect(answer.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    expect(answer.body).to.include.keys('type', 'title', 'status', 'code', 'requestId');
    expect(JSON.stringify(answer.body)).to.not.match(/node_modules|\.ts:|SELECT |INSERT |syntax error|\bat .*\(/);
  }

  const count = async (): Promise<number> =>
    Number((await desk.get('/alarms?range=[0,0]')).headers.get('content-range')?.split('/')[1]);

  it('is told by the field, in both languages', async () => {
    const answer = await desk.post(
      '/alarms',
      { verb: 'receive', occurredAt: '2026-02-30T08:00:00+08:00', facts, extra: 1 },
      { headers: { 'accept-language': 'en' } },
    );
    isProblem(answer, 422);
    expect(answer.body.fields.map((one: { path: string }) => one.path)).to.have.members(['occurredAt', 'extra']);
    const chinese = await desk.post(`/alarms/${id}/steps`, {
      verb: 'dispatch',
      occurredAt: at,
      facts: { unit: '十六' },
    });
    isProblem(chinese, 422);
    expect(chinese.body.title).to.contain('处警单位');
  });

  const bodies: [what: string, status: number, body: unknown][] = [
    ['malformed JSON', 400, '{"verb":'],
    ['JSON that is no object', 422, '[]'],
    ['a bare text', 422, '"receive"'],
    ['nothing', 422, ''],
    ['half a character of UTF-8', 400, new Uint8Array([0x22, 0xc3, 0x22])],
    ['an unknown field', 422, { verb: 'receive', occurredAt: at, facts, status: 'closed' }],
    [
      'a look-alike of the prototype',
      422,
      '{"verb":"receive","occurredAt":"2026-11-23T08:00:00+08:00","facts":{},"__proto__":{"admin":true}}',
    ],
    [
      'a prototype among the facts',
      422,
      '{"verb":"receive","occurredAt":"2026-11-23T08:00:00+08:00","facts":{"number":"9","channel":"call_110","unit":16,"__proto__":{"x":1}}}',
    ],
    ['an unknown fact', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, version: 9 } }],
    ['an unknown verb', 422, { verb: 'explode', occurredAt: at, facts }],
    ['an option that is none', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, channel: 'pigeon' } }],
    ['a wrong type', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, number: 7 } }],
    ['an object for a text', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, number: { $gt: '' } } }],
    ['a required fact missing', 422, { verb: 'receive', occurredAt: at, facts: { number: '1', unit: 16 } }],
    ['an impossible date', 422, { verb: 'receive', occurredAt: '2026-02-30T00:00:00Z', facts }],
    ['an instant without a zone', 422, { verb: 'receive', occurredAt: '2026-11-23T08:00:00', facts }],
    [
      'a future instant',
      422,
      { verb: 'receive', occurredAt: '2026-11-23T10:00:01+08:00', facts: { ...facts, number: '2' } },
    ],
    ['a NUL', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, number: 'a\0b' } }],
    [
      'half a surrogate',
      422,
      '{"verb":"receive","occurredAt":"2026-11-23T08:00:00+08:00","facts":{"number":"\\ud800","channel":"call_110","unit":16}}',
    ],
    ['an endless text', 422, { verb: 'receive', occurredAt: at, facts: { ...facts, topic: 'x'.repeat(600) } }],
    ['a bottomless body', 422, `{"verb":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    [
      'an oversized body',
      413,
      JSON.stringify({ verb: 'receive', occurredAt: at, facts: { ...facts, topic: 'x'.repeat(1_100_000) } }),
    ],
    ['a number that exists', 409, { verb: 'receive', occurredAt: at, facts }],
    [
      'a unit that does not exist',
      422,
      { verb: 'receive', occurredAt: at, facts: { ...facts, number: '3', unit: 4711 } },
    ],
    [
      'a number that no column holds',
      422,
      { verb: 'receive', occurredAt: at, facts: { ...facts, number: '4', reReports: 1e300 } },
    ],
  ];
  for (const [what, status, body] of bodies) {
    it(`${what} is ${status} and writes nothing`, async () => {
      const before = await count();
      const answer = await desk.post('/alarms', body);
      isProblem(answer, status, what);
      expect(await count()).to.equal(before);
    });
  }

  it('a body that is not JSON, compressed or a form is 415', async () => {
    for (const [type, encoding] of [
      ['text/plain', ''],
      ['application/x-www-form-urlencoded', ''],
      ['application/json', 'gzip'],
    ] as const) {
      const answer = await desk.post('/alarms', '{}', {
        headers: { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) },
      });
      isProblem(answer, 415, type);
    }
  });

  it('an unknown id, an id that is none and an unknown address are 404 or 422, never more', async () => {
    isProblem(await desk.get('/alarms/01930000-0000-7000-8000-000000000000'), 404);
    isProblem(await desk.get('/alarms/17'), 422);
    isProblem(await desk.get('/alarms/%00'), 422);
    isProblem(await desk.get("/alarms/'%20OR%201=1"), 422);
    isProblem(await desk.get('/nothing'), 404);
    isProblem(await desk.get('/people/99999999999'), 422);
    isProblem(await desk.get('/people/4711'), 404);
    isProblem(await desk.delete(`/alarms/${id}`), 405);
    isProblem(
      await desk.post(`/alarms/${id}/steps`, {
        verb: 'arrive',
        partId: '01930000-0000-7000-8000-000000000000',
        occurredAt: at,
        facts: {},
      }),
      403,
    );
    isProblem(
      await desk.post(`/alarms/${id}/steps`, { verb: 'dispatch', partId: 'x', occurredAt: at, facts: { unit: 16 } }),
      422,
    );
  });

  const queries = [
    'sort=["receivedAt","SIDEWAYS"]',
    'sort=["receivedAt","ASC; DROP TABLE alarm"]',
    'sort=["receivedAt"]',
    'sort=receivedAt',
    'sort=["caller","ASC"]',
    'sort=["1","ASC"]',
    'sort={}',
    'range=[5,1]',
    'range=[-1,3]',
    'range=[0,5000]',
    'range=[0]',
    'range=[0.5,3]',
    'range=["0","9"]',
    'range=[0,1e999]',
    'filter={',
    'filter=[]',
    'filter={"nothing":1}',
    'filter={"unit":"16"}',
    'filter={"receivedAt_gte":"yesterday"}',
    'filter={"receivedAt_lte":"2026-02-30"}',
    'filter={"caller":"张"}',
    'filter={"id":"17"}',
    'filter={"q":{"$ne":1}}',
    'filter={"q":"\\u0000"}',
    'filter={"constructor":1}',
    'filter={"priority":["urgent","none"]}',
    'page=1',
    'range=[0,9]&range=[0,8]',
  ];
  for (const query of queries) {
    it(`?${query} is 422`, async () => isProblem(await desk.get(`/alarms?${encodeURI(query)}`), 422));
  }

  it('wildcards and quotes in a search are letters', async () => {
    for (const q of ['%', '_', "'", '\\', '"', '%%%', '🚓']) {
      const answer = await desk.get(`/alarms?filter=${encodeURIComponent(JSON.stringify({ q }))}`);
      expect(answer.status, q).to.equal(200);
      expect(answer.body, q).to.deep.equal([]);
    }
  });

  it('a second of what happens once is 409 with what is recorded, a stale version with both values', async () => {
    const report = { verb: 'report', occurredAt: '2026-11-23T08:05:00+08:00', facts: {} };
    expect((await desk.post(`/alarms/${id}/steps`, report, { version: 1 })).status).to.equal(200);
    const second = await desk.post(`/alarms/${id}/steps`, report);
    isProblem(second, 409);
    expect(second.body).to.include({ code: 'alarm.second-report', recorded: '2026-11-23T00:05:00.000Z' });
    const stale = await desk.post(
      `/alarms/${id}/steps`,
      { verb: 're_report', occurredAt: at, facts: { reReports: 2 } },
      { version: 1 },
    );
    isProblem(stale, 409);
    expect(stale.body).to.deep.include({ code: 'record.stale', version: 2, sent: 1, yours: { reReports: 2 } });
    expect(stale.body.current).to.include({ id, version: 2, reReports: null });
  });

  it('an order that looks wrong must be confirmed with a reason', async () => {
    const early = {
      verb: 'dispose',
      occurredAt: '2026-11-23T07:00:00+08:00',
      facts: { disposition: 'no_facts', feedbackCategory: 'dispute' },
    };
    const officer = await api.as('chujing');
    await desk.post(`/alarms/${id}/steps`, { verb: 'dispatch', occurredAt: at, facts: { unit: 16, officer: 1 } });
    const asked = await officer.post(`/alarms/${id}/steps`, early);
    isProblem(asked, 409);
    expect(asked.body).to.include({ code: 'step.needs-confirmation', confirm: true });
    const confirmed = await officer.post(`/alarms/${id}/steps`, { ...early, confirmed: true, reason: '电话先行处置' });
    expect(confirmed.status, JSON.stringify(confirmed.body)).to.equal(200);
  });

  it('the same key and body give the stored answer once more, another body is refused', async () => {
    const before = await count();
    const body = { verb: 'receive', occurredAt: at, facts: { ...facts, number: '990102000000202611230100' } };
    const first = await desk.post('/alarms', body, { key: 'the-same-key' });
    const again = await desk.post('/alarms', body, { key: 'the-same-key' });
    expect(first.status).to.equal(201);
    expect([again.status, again.body]).to.deep.equal([201, first.body]);
    isProblem(await desk.post('/alarms', { ...body, note: 'x' }, { key: 'the-same-key' }), 422);
    const together = await Promise.all(
      Array.from({ length: 8 }, () =>
        desk.post(
          '/alarms',
          { ...body, facts: { ...facts, number: '990102000000202611230101' } },
          { key: 'all-together' },
        ),
      ),
    );
    expect(new Set(together.map((one) => `${one.status} ${one.body.id}`)).size).to.equal(1);
    expect(await count()).to.equal(before + 2);
    isProblem(await desk.post('/alarms', body, { key: 'short' }), 400);
    isProblem(await request(api.url, 'POST', '/alarms', body, csrf), 400);
  });

  it('a mutation needs the token of the session and comes from our own pages', async () => {
    const body = { verb: 'receive', occurredAt: at, facts: { ...facts, number: '990102000000202611230102' } };
    const other = await api.as('chujing');
    const send = (headers: Record<string, string>) =>
      request(api.url, 'POST', '/alarms', body, {
        cookie: desk.cookie,
        'idempotency-key': 'csrf-test-key',
        ...headers,
      });
    const token = { 'x-csrf-token': desk.session.csrf };
    isProblem(await send({}), 403);
    isProblem(await send({ 'x-csrf-token': other.session.csrf }), 403);
    isProblem(await send({ ...token, 'sec-fetch-site': 'cross-site' }), 403);
    isProblem(await send({ ...token, 'sec-fetch-site': 'same-site' }), 403);
    isProblem(await send({ ...token, origin: 'https://evil.example' }), 403);
    isProblem(await send({ ...token, origin: 'null' }), 403);
    expect((await send({ ...token, origin: api.url })).status).to.equal(201);
    const cross = await request(
      api.url,
      'POST',
      '/session',
      { login: 'chujing', password: 'x' },
      { origin: 'https://evil.example' },
    );
    isProblem(cross, 403);
  });

  it('every answer carries the security headers and a request id', async () => {
    for (const path of ['/health', '/ready', '/alarms', '/nothing']) {
      const { headers } = await api.nobody.get(path);
      expect(headers.get('content-security-policy'))
        .to.contain("default-src 'self'")
        .and.contain("frame-ancestors 'none'")
        .and.not.match(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('x-frame-options')).to.equal('DENY');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
    }
  });

  it('a body that never ends and garbage on the wire do not hang the server', async () => {
    const { hostname, port } = new URL(api.url);
    const raw = (text: string) =>
      new Promise<string>((done) => {
        const socket = connect(Number(port), hostname, () => socket.write(text));
        let answer = '';
        socket.on('data', (data) => {
          answer += data.toString();
        });
        socket.on('close', () => done(answer));
        socket.on('error', () => done(answer));
        setTimeout(() => socket.destroy(), 500);
      });
    expect(await raw('GET /api/alarms HTTP/1.1\r\nHost: \r\nBad Header\r\n\r\n')).to.match(/^HTTP\/1.1 400/);
    await raw(
      `POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"login"`,
    );
    expect(
      await raw(
        `POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n`,
      ),
    ).to.match(/^HTTP\/1.1 413/);
    expect((await api.nobody.get('/health')).status).to.equal(200);
  });

  it('what was refused stands in the ledger', async () => {
    const rows = await api.db.database.transaction((tx) => tx.sql<{ body: Buffer }>(`SELECT body FROM ledger_entry`));
    const refused = rows.map(({ body }) => JSON.parse(body.toString())).filter((one) => one.action === 'access.refuse');
    expect(refused.map((one) => one.changes.code)).to.include.members([
      'access.denied',
      'session.csrf',
      'request.cross-site',
    ]);
  });
});
