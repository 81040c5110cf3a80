import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../server/app.ts';
import { openRuntime } from '../../../server/engine.ts';
import type { Database } from '../../../server/kernel/database.ts';
import { withClient } from '../../../server/kernel/roles.ts';
import type { SubjectType } from '../../../server/subjects/define.ts';
import { protectedOf } from '../../../server/subjects/guard.ts';
import type { Registry } from '../../../server/subjects/registry.ts';
import { people } from '../../support/bureau.ts';
import { type Answer, type Client, request, type TestApi, testApi } from '../../support/http.ts';
import { type Row, rowsOf } from './cells.ts';
import type { Outcome } from './oracle.ts';
import { plant } from './planted.ts';

export const logins = Object.keys(people);

/** A server whose every transaction is undone: each cell finds the same bureau. */
export interface Matrix {
  api: TestApi;
  rows: readonly Row[];
  registry: Registry;
  /** What HTTP answers; anything else than the four outcomes is told as it was. */
  ask(row: Row, login: string): Promise<Outcome | string>;
  close(): Promise<void>;
}

export async function openMatrix(): Promise<Matrix> {
  const api = await testApi();
  const { registry } = api.app;
  const { engine } = await openRuntime(api.db.database, registry, { clock: api.clock, demonstration: true });
  await plant(api.db, registry);
  const app = createApp({ database: undone(api.db.database), clock: api.clock, publicUrl: 'http://localhost', engine });
  const server = createServer(app.koa.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = new Map<string, Client>();
  for (const login of logins) clients.set(login, await api.as(login));
  let keys = 0;
  return {
    api,
    registry,
    rows: rowsOf(app.routes, registry),
    ask: async (row, login) => {
      const who = clients.get(login);
      if (!who) throw new Error(`${login} is not signed in`);
      const { method, path, body, raw, shows } = row.ask(login);
      keys += 1;
      const answer = await request(url, method, path, raw ? 'x' : body, {
        cookie: who.cookie,
        'x-csrf-token': who.session.csrf,
        ...(method !== 'GET' && { 'idempotency-key': `matrix-key-${keys}` }),
        ...(raw && { 'content-type': raw }),
      });
      return outcomeOfAnswer(answer, row, shows);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await api.close();
    },
  };
}

function outcomeOfAnswer({ status, body }: Answer, row: Row, shows: string | undefined): Outcome | string {
  const code = typeof body === 'object' && body ? String(body.code ?? '') : '';
  if (status === 403 && code === 'access.denied') return '-';
  if (status === 403 && code.endsWith('.reviewer-is-concerned')) return 'x';
  // behind the door of a route about no record something that is named may be missing
  if (status === 404) return row.type ? '0' : '+';
  // a question that is refused before anybody asks who may put it would prove nothing
  if (status === 401 || status === 415 || status >= 500 || code.startsWith('request.') || code === 'session.bad-csrf')
    return `${status} ${code} ${JSON.stringify(body).slice(0, 300)}`;
  if (shows) return (body as { id: string }[]).some(({ id }) => id === shows) ? '+' : '0';
  return '+';
}

/**
 * Takes both walls of one subject away, in this database and this process alone: row-level security and what the
 * filters ask. The control, which must be noticed. Gives back how to put them up again.
 */
export async function withoutWalls({ api }: Matrix, type: SubjectType): Promise<() => Promise<void>> {
  const wall = protectedOf(type);
  const { units, inUnits } = wall;
  const name = wall.type;
  const rls = (on: boolean) =>
    withClient(api.db.superUrl, (client) =>
      client.query(`ALTER TABLE "${type.name}" ${on ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`),
    );
  await rls(false);
  // another name: a prepared statement keeps one text for ever
  Object.assign(wall, {
    type: `${name} open`,
    units: () => 'ARRAY(SELECT id FROM unit)',
    inUnits: (_: string, given: string) => `${given} IS NOT NULL`,
  });
  return async () => {
    Object.assign(wall, { type: name, units, inUnits });
    await rls(true);
  };
}

const marker = new Error('undone');

/** The database as it is, but nothing that a transaction wrote stays. */
const undone = (database: Database): Database => ({
  ...database,
  transaction: async <T>(work: Parameters<typeof database.transaction<T>>[0]): Promise<T> => {
    const done: T[] = [];
    await database
      .transaction(async (tx) => {
        done.push(await work(tx));
        throw marker;
      })
      .catch((error: unknown) => {
        if (error !== marker) throw error;
      });
    return done[0] as T;
  },
});
