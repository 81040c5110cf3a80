import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { z } from 'zod';
import { openapi } from '../../server/kernel/openapi.ts';
import { pipeline } from '../../server/kernel/pipeline.ts';
import { route } from '../../server/kernel/route.ts';
import type { Runtime } from '../../server/kernel/unit-of-work.ts';
import { type Client, request, type TestApi } from '../support/http.ts';

type Json = Record<string, unknown>;
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  default?: unknown;
}
interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
  body: Schema | undefined;
}

/** What was sent and answered: how many of each status, and every answer that is our fault. */
export interface Fuzzed {
  sent: number;
  statuses: Record<string, number>;
  faults: string[];
}

/** The same seed draws the same (mulberry32, public domain). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const names = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'number', 'unit', 'receivedAt'];
const facts = [
  'topic',
  'caller',
  'officer',
  'kind',
  'takenBy',
  'place',
  'narrative',
  'priority',
  'person',
  'state',
  'id',
];
const nasty: unknown[] = [
  ...names,
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    '[]',
    '{}',
    "' OR 1=1 --",
    '../../etc/passwd',
    '%00',
    '\u0000',
    '\ud800',
  ],
  ...[
    '\u202e',
    '𠮷',
    '张三',
    'a'.repeat(3000),
    '2026-02-30',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '2026-11-23',
  ],
  ...[0, -1, 1, 16, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, -0.5, 1e308, true, false, null],
  ...[[], {}, [[]], [null], { $ne: 1 }, { a: { b: {} } }, JSON.parse('{"__proto__":{"x":1}}'), Array(50).fill('x')],
];
const encodings = ['*;q=0', 'identity;q=0', 'gzip;q=0, *;q=0', 'br', 'gzip, deflate', '', 'x-nothing', 'br;q=2'];
/** Those end the sessions that we ask with, lock their logins, or never end. */
const untouched = /^\/api\/(session|events)/;

/** Every operation of an OpenAPI document. */
function operationsOf(document: Json): Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: (operation['parameters'] ?? []) as Operation['parameters'],
      body: (operation['requestBody'] as { content?: Record<string, { schema: Schema }> } | undefined)?.content?.[
        'application/json'
      ]?.schema,
    })),
  );
}

/** Draws requests from the description and sends them as the clients in turn, eight at a time. */
export async function fuzz(
  url: string,
  clients: readonly Client[],
  document: Json,
  options: { requests: number; seed: number; say?: (text: string) => void },
): Promise<Fuzzed> {
  const random = chance(options.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const ids = ['01930000-0000-7000-8000-000000000000', '1', '16'];
  const operations = operationsOf(document).filter(({ path }) => !untouched.test(path));
  const found: Fuzzed = { sent: 0, statuses: {}, faults: [] };

  const draw = (schema: Schema | undefined, depth = 0): unknown => {
    if (!schema || depth > 4 || random() < 0.12) return pick(nasty);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return pick(schema.enum);
    const ways = schema.anyOf ?? schema.oneOf;
    if (ways) return draw(pick(ways), depth + 1);
    const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type;
    if (type === 'object') {
      const made: Json = {};
      for (const [name, one] of Object.entries(schema.properties ?? {}))
        if (random() < 0.85) made[name] = draw(one, depth + 1);
      if (schema.additionalProperties)
        for (let i = 0; i < 3; i += 1)
          Object.defineProperty(made, pick([...names, ...facts]), {
            value: pick(nasty),
            enumerable: true,
            configurable: true,
          });
      return made;
    }
    if (type === 'array') return Array.from({ length: Math.floor(random() * 3) }, () => draw(schema.items, depth + 1));
    if (type === 'integer' || type === 'number') return pick([0, 1, 2, 16, 999, -1, 1.5, 2_147_483_648]);
    if (type === 'boolean') return random() < 0.5;
    if (schema.format === 'uuid') return pick(ids);
    if (schema.format === 'date') return pick(['2026-11-20', '2026-12-31', '1990-01-01']);
    return pick(['2026-11-23T09:00:00+08:00', '理由', 'x', '16', ...names.slice(0, 3)]);
  };
  // half a character cannot stand in an address
  const text = (value: unknown): string =>
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\p{Surrogate}/gu, '').slice(0, 3000);

  const one = async (): Promise<void> => {
    const operation = pick(operations);
    const who = pick(clients);
    let path = operation.path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, (_, name: string) => {
      const known = operation.parameters.find((each) => each.in === 'path' && each.name === name);
      return encodeURIComponent(text(draw(known?.schema)).slice(0, 200)) || 'x';
    });
    const query = operation.parameters
      .filter((each) => each.in === 'query' && (each.required || random() < 0.5))
      .map(({ name, schema }) => {
        const asked =
          name === 'filter' && random() < 0.8
            ? { [pick([...names, ...facts, 'q', 'unitId'])]: pick(nasty) }
            : draw(schema);
        return `${encodeURIComponent(name)}=${encodeURIComponent(text(asked))}`;
      });
    if (query.length > 0) path += `?${query.join('&')}`;
    const encoding = pick(encodings);
    const headers = {
      cookie: who.cookie,
      'x-csrf-token': who.session.csrf,
      'accept-encoding': encoding,
      'accept-language': random() < 0.5 ? 'en' : 'zh',
    };
    const body = operation.method === 'GET' ? undefined : (JSON.stringify(draw(operation.body)) ?? '');
    const key = { 'idempotency-key': `fuzz-${options.seed}-${found.sent}-${Math.floor(random() * 1e9)}` };
    found.sent += 1;
    const answer = await request(url, operation.method, path, body, { ...headers, ...(body !== undefined && key) });
    found.statuses[answer.status] = (found.statuses[answer.status] ?? 0) + 1;
    const isOurs = answer.status >= 500 || /node_modules|\.ts:\d|SELECT |violates /.test(JSON.stringify(answer.body));
    if (isOurs && found.faults.length < 20)
      found.faults.push(
        `${answer.status} ${operation.method} ${path.slice(0, 300)} (${encoding}) ${(body ?? '').slice(0, 500)} → ${JSON.stringify(answer.body).slice(0, 200)}`,
      );
  };
  for (let sent = 0; sent < options.requests; sent += 8) {
    await Promise.all(Array.from({ length: Math.min(8, options.requests - sent) }, one));
    if (sent > 0 && sent % 10_000 === 0) options.say?.(`${sent} requests, ${found.faults.length} faults`);
  }
  return found;
}

/** Nobody's budget is touched: what is looked for are faults. */
export const boundless = { person: 1e9, stranger: 1e9, address: 1e9, costly: 1 };

/** A server whose one route looks labels up in the prototype too: a fault of the kind that is looked for. */
export async function faulty(runtime: Runtime): Promise<{ url: string; document: Json; close(): void }> {
  const labels: Record<string, { zh: string }> = { kind: { zh: '种类' }, number: { zh: '编号' } };
  const bad = route({
    method: 'GET',
    path: '/api/labels',
    summary: { zh: '名称', en: 'Label' },
    action: 'public',
    transaction: 'own',
    query: z.strictObject({ of: z.string().max(4000) }),
    handle: async ({ query }) => ({ label: query.of in labels ? labels[query.of]?.zh.length : null }),
  });
  const koa = new Koa();
  koa.use(
    pipeline({
      ...{ runtime, routes: [bad], publicUrl: 'http://localhost', cookieName: 'none' },
      doors: {
        who: async () => null,
        authorise: async () => {},
        refused: async () => {},
        stranger: () => {},
        failed: () => {},
      },
    }),
  );
  const server = createServer(koa.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    document: openapi([bad], 'http://localhost'),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Four roles that may do most of what there is. */
export const fuzzers = (api: TestApi): Promise<Client[]> =>
  Promise.all(['jiejing', 'chujing', 'anguan', 'fazhizhang'].map((login) => api.as(login)));
