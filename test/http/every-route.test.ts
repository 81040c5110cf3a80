import { expect } from 'chai';
import fc from 'fast-check';
import type { Route } from '../../server/kernel/route.ts';
import { sample } from '../access/matrix/sample.ts';
import { type Answer, type Client, type TestApi, testApi } from '../support/http.ts';

const someId = '01930000-0000-7000-8000-000000000000';

describe('every route', function () {
  this.timeout(120_000);
  let api: TestApi;
  const routes = (): readonly Route[] => api.app.routes;
  before(async () => {
    api = await testApi({ engine: true });
    // somebody who is signed in and holds no post
    await api.db.database.transaction((tx) => tx.sql(`UPDATE post SET to_at = '2021-01-01Z' WHERE person_id = 2`));
  });
  after(() => api.close());

  const pathOf = (route: Route, id: string): string =>
    route.path.replace(/^\/api/, '').replace(/:(\w+)/g, (_, name: string) => (name === 'id' ? id : 'x'));
  /** The path with parameters and a query that pass their schemas. */
  const withInput = (route: Route): string => {
    const params = sample(route.params);
    const path = route.path.replace(/^\/api/, '').replace(/:(\w+)/g, (_, name: string) => String(params[name] ?? 'x'));
    const query = Object.fromEntries(
      Object.entries(sample(route.query)).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    return Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
  };
  const send = (who: Client, route: Route, path: string, body: unknown): Promise<Answer> => {
    if (route.method === 'GET') return who.get(path);
    if (route.raw) return who.post(path, 'x', { headers: { 'content-type': route.raw[0] ?? '' } });
    if (route.method === 'DELETE') return who.delete(path);
    return route.method === 'PUT' ? who.put(path, body) : who.post(path, body);
  };
  const isPlain = ({ status, body, headers }: Answer, what: string): void => {
    expect(status, `${what}: ${JSON.stringify(body)}`).to.be.lessThan(500);
    if (status < 400) return;
    expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/);
    expect(JSON.stringify(body), what).to.not.match(/node_modules|\.ts:\d|SELECT |violates|relation "/);
  };

  it('says what it is about, in both languages, and who may use it', () => {
    for (const { method, path, action, summary } of routes()) {
      expect(path, `${method} ${path}`).to.match(/^\/api\//);
      expect(action, `${method} ${path}`).to.satisfy(
        (it: unknown) => typeof it === 'function' || /^(public|session|[a-z]+\.[a-z_]+)$/.test(String(it)),
      );
      expect(summary?.zh, `${method} ${path}`).to.match(/[\u4e00-\u9fff]/);
      expect(summary?.en, `${method} ${path}`).to.match(/[a-z]/i);
    }
  });

  it('is found once', () => {
    const names = routes().map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
  });

  it('wants somebody to be signed in, unless it is public', async () => {
    for (const route of routes()) {
      if (route.action === 'public') continue;
      const answer = await send(api.nobody, route, pathOf(route, someId), {});
      expect(answer.status, `${route.method} ${route.path}`).to.equal(401);
    }
  });

  it('gives nothing to somebody without a post', async () => {
    const who = await api.as('chujing2');
    const own = /^\/api\/(session|vocabulary|search|notices|events|todos|report-kinds|attachments$)/;
    const letIn: string[] = [];
    for (const route of routes()) {
      if (route.action === 'public' || own.test(route.path)) continue;
      // a body that passes the schema: what is refused before anybody asks who may would prove nothing
      const answer = await send(who, route, withInput(route), sample(route.body));
      if (![403, 404].includes(answer.status))
        letIn.push(`${route.method} ${route.path} ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    expect(letIn).to.deep.equal([]);
    expect((await who.get('/search?q=1')).body).to.deep.equal([]);
  });

  it('answers garbage with a plain problem and never with 5xx', async () => {
    const [system, manager, officer] = await Promise.all(['xitong', 'anguan', 'chujing'].map((login) => api.as(login)));
    const nasty = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        '',
        ' ',
        '0',
        '-1',
        '1e999',
        'NaN',
        'null',
        "' OR 1=1 --",
        '../../etc/passwd',
        '{{7*7}}',
        '\u202e',
        '𠮷',
        'a'.repeat(3000),
        '2026-02-30',
        '9999-12-31T23:59:59Z',
        '0001-01-01T00:00:00Z',
      ),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(2),
        nasty,
        nasty,
        fc.dictionary(fc.string({ maxLength: 12 }), nasty, { maxKeys: 4 }),
        async (pick, by, idText, value, more) => {
          const route = routes()[pick % routes().length];
          const who = [system, manager, officer][by];
          if (!route || !who || /session|events/.test(route.path)) return;
          const id = typeof idText === 'string' ? idText : JSON.stringify(idText);
          const named = Object.keys((route.body as { shape?: object } | undefined)?.shape ?? {});
          const body = { ...more, ...Object.fromEntries(named.map((name, i) => [name, i % 2 === 0 ? value : someId])) };
          const query = `filter=${encodeURIComponent(JSON.stringify(value))}&q=${encodeURIComponent(id)}&sort=${encodeURIComponent(JSON.stringify([value, 'ASC']))}`;
          const path = pathOf(route, encodeURIComponent(id.slice(0, 200)) || 'x');
          isPlain(
            await send(who, route, route.method === 'GET' ? `${path}?${query}` : path, body),
            `${route.method} ${path}`,
          );
          isPlain(await send(who, route, pathOf(route, someId), body), `${route.method} ${route.path}`);
          isPlain(await who.get(`${pathOf(route, '1')}?${encodeURIComponent(id.slice(0, 50))}=1`), route.path);
        },
      ),
      { numRuns: 150, interruptAfterTimeLimit: 30_000 },
    );
    expect((await api.nobody.get('/ready')).status).to.equal(200);
  });

  it('is described in OpenAPI, every one of them', async () => {
    const { body } = await api.nobody.get('/openapi.json');
    for (const { method, path } of routes()) {
      expect(body.paths[path.replace(/:(\w+)/g, '{$1}')], path).to.have.property(method.toLowerCase());
    }
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((one) =>
      Object.values(one).map((operation) => operation.operationId),
    );
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
