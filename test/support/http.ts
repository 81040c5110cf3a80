import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type AppOptions, createApp, createRegistry } from '../../server/app.ts';
import { openRuntime } from '../../server/engine.ts';
import type { Events } from '../../server/jobs/events.ts';
import { type SettableClock, settableClock } from '../../server/kernel/clock.ts';
import { cheapCost } from '../../server/organisation/password.ts';
import type { SubjectType } from '../../server/subjects/define.ts';
import { seedBureau, testPassword } from './bureau.ts';
import { type TestDatabase, testDatabase } from './database.ts';

/** What the test server hashes identity numbers with. */
export const testIdentityKey = Buffer.alloc(32, 7);

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: Headers;
}

export interface Sent {
  /** Idempotency-Key; a new one unless told. */
  key?: string;
  /** If-Match. */
  version?: number;
  headers?: Record<string, string>;
}

/** Somebody at the API: `await api.as('chujing')` … `.post('/alarms/…/steps', {…})`. Paths are below /api. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  put(path: string, body?: unknown, sent?: Sent): Promise<Answer>;
  delete(path: string, sent?: Sent): Promise<Answer>;
  /** The answer to the sign-in. */
  session: Answer['body'];
  cookie: string;
}

export interface TestApi {
  app: App;
  db: TestDatabase;
  clock: SettableClock;
  url: string;
  /** Signs in once and stays signed in. */
  as(login: string): Promise<Client>;
  /** Nobody. */
  nobody: Client;
  close(): Promise<void>;
}

let keys = 0;

/** A whole server over a database of its own with the test bureau in it; the clock shows Monday 2026-11-23 10:00 in Shanghai. */
export async function testApi(
  options: Pick<AppOptions, 'budget' | 'lanes'> & {
    events?: (url: string) => Promise<Events>;
    at?: string;
    types?: readonly SubjectType[];
    seed?: boolean;
    engine?: boolean;
  } = {},
): Promise<TestApi> {
  const db = await testDatabase();
  if (options.seed !== false) await seedBureau(db.database);
  const clock = settableClock(options.at ?? '2026-11-23T10:00:00+08:00');
  // with `engine` the shipped rules judge what is recorded, and explain it
  const engine = options.engine
    ? (await openRuntime(db.database, createRegistry(options.types), { clock, demonstration: true })).engine
    : undefined;
  const app = createApp({
    database: db.database,
    ...(engine && { engine }),
    clock,
    publicUrl: 'http://localhost',
    passwordCost: cheapCost,
    identityKey: testIdentityKey,
    types: options.types ?? [],
    ...(options.budget && { budget: options.budget }),
    ...(options.lanes && { lanes: options.lanes }),
    ...(options.events && { events: await options.events(db.url) }),
  });
  const server = createServer(app.koa.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = new Map<string, Promise<Client>>();
  return {
    app,
    db,
    clock,
    url,
    as: (login) => {
      const known = clients.get(login) ?? signIn(url, login);
      clients.set(login, known);
      return known;
    },
    nobody: client(url, '', '', null),
    close: async () => {
      await stop(server);
      await db.drop();
    },
  };
}

/** A sign-in that must succeed. */
export async function signIn(url: string, login: string, password = testPassword): Promise<Client> {
  const answer = await request(url, 'POST', '/session', { login, password }, {});
  if (answer.status !== 200)
    throw new Error(`${login} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return client(url, cookie, answer.body.csrf, answer.body);
}

function client(url: string, cookie: string, csrf: string, session: Answer['body']): Client {
  const headers = { ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }) };
  const mutate =
    (method: string) =>
    (path: string, body?: unknown, sent: Sent = {}) => {
      keys += 1;
      const key = sent.key ?? `test-key-${process.pid}-${keys}`;
      const version = sent.version === undefined ? {} : { 'if-match': String(sent.version) };
      return request(url, method, path, body, { ...headers, 'idempotency-key': key, ...version, ...sent.headers });
    };
  return {
    get: (path, more) => request(url, 'GET', path, undefined, { ...headers, ...more }),
    post: mutate('POST'),
    put: mutate('PUT'),
    delete: (path, sent) => mutate('DELETE')(path, undefined, sent),
    session,
    cookie,
  };
}

/** One request; a body that is a string or bytes is sent as it is, anything else as JSON. */
export async function request(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as string }),
  });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, body: isJson && text ? JSON.parse(text) : text, headers: answer.headers };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
