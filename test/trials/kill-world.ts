import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openCluster } from '../../server/bootstrap/postgres.mjs';
import { prepareDatabase } from '../../server/bootstrap/prepare.ts';
import { openDatabase } from '../../server/kernel/database.ts';
import { withClient } from '../../server/kernel/roles.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { people, seedBureau } from '../support/bureau.ts';
import { type Client, signIn } from '../support/http.ts';
import { root, type Started, start, temporaryHome } from '../support/start.ts';
import type { Settled } from './load.ts';

/** A whole installation of its own, to be killed: embedded PostgreSQL and server in processes of their own, on loopback. */
export interface KillWorld {
  url: string;
  /** Folder of PostgreSQL's files. */
  data: string;
  desk: Client;
  server(): Started;
  /** Starts the server that was killed again, as the machine's own supervisor would. */
  startAgain(): Promise<void>;
  /** A statement as superuser. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Of what was acknowledged: what is not there, what is there twice, what nobody has judged. */
  check(settled: readonly Settled[]): Promise<{ lost: number; doubled: number; unjudged: number }>;
  /** Entries whose hashes are right; null when the ledger does not verify. */
  verified(): Promise<number | null>;
  /** Tells of a new notice, by the job that does so, until the person at the desk hears of it. */
  ring(): Promise<void>;
  /** Stops all of it; the code with which the server ended. */
  close(): Promise<number | string>;
}

/** Makes it and waits until it serves. */
export async function killWorld(): Promise<KillWorld> {
  const { home, remove } = temporaryHome();
  // our own lease keeps the database when servers die; who starts it again is the server, never we
  const cluster = await openCluster({ root, folder: join(home, 'postgres') });
  const [superUrl, ownerUrl, appUrl] = ['postgres', 'mingjing_owner', 'mingjing_app'].map((login) =>
    cluster.url(login, login === 'postgres' ? 'postgres' : 'mingjing'),
  ) as [string, string, string];
  await prepareDatabase({ superUrl, ownerUrl, appUrl, database: 'mingjing' });
  const seeding = await openDatabase({ url: appUrl, poolSize: 1 });
  await seedBureau(seeding);
  await seeding.close();

  const PORT = String(await freePort());
  const url = `http://localhost:${PORT}`;
  let server: Started;
  const begin = async (): Promise<void> => {
    server = start(['start', '--production', '--no-ui'], { MINGJING_HOME: home, PORT });
    await server.said(/Mingjing is ready/);
  };
  await begin();
  const desk = await signIn(url, 'jiejing');
  const bell = listenAt(url, desk.cookie);

  const sql = (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    withClient(cluster.url('postgres', 'mingjing'), async (client) => (await client.query(text, values)).rows);

  // what the migrations wrote is no part of what a kill leaves to do
  await sql('CHECKPOINT');

  return {
    url,
    data: cluster.data,
    desk,
    server: () => server,
    startAgain: begin,
    sql,
    check: async (settled) => {
      const [found] = await sql(checkText, [settled.map(({ id }) => id)]);
      const { lost, doubled, unjudged } = found as Record<string, string>;
      return { lost: Number(lost), doubled: Number(doubled), unjudged: Number(unjudged) };
    },
    verified: async () => {
      const database = await openDatabase({ url: appUrl, poolSize: 1 });
      const verdict = await database.transaction((tx) => verifyLedger(tx.sql)).finally(() => database.close());
      return verdict.ok ? verdict.size : null;
    },
    ring: async () => {
      const heard = bell.next();
      await sql(`INSERT INTO notice (id, person_id, text, at) VALUES (gen_random_uuid(), $1, '{}', now())`, [
        people['jiejing']?.[0],
      ]);
      // whatever commits next wakes the job again, should nobody have listened yet
      const wake = setInterval(() => void sql(`SELECT pg_notify('mingjing_wake', 'notify')`).catch(() => {}), 500);
      await heard.finally(() => clearInterval(wake));
    },
    close: async () => {
      bell.close();
      if (server.child.exitCode === null) server.child.kill('SIGTERM');
      const code = await server.ended;
      await cluster.release();
      remove();
      return code;
    },
  };
}

/** Each acknowledged alarm is one row with two steps, two entries of the ledger and at least one duty. */
const checkText = `
  SELECT count(*) FILTER (WHERE rows < 1 OR steps < 2 OR entries < 2) AS lost,
         count(*) FILTER (WHERE steps > 2 OR entries > 2) AS doubled,
         count(*) FILTER (WHERE rows = 1 AND duties = 0) AS unjudged
    FROM unnest($1::uuid[]) t (id),
         LATERAL (SELECT (SELECT count(*) FROM alarm WHERE id = t.id) AS rows,
                         (SELECT count(*) FROM step WHERE subject_id = t.id) AS steps,
                         (SELECT count(*) FROM ledger_entry WHERE object_id = t.id::text) AS entries,
                         (SELECT count(*) FROM obligation WHERE subject_id = t.id) AS duties) found`;

/** A browser's open page: it comes again when its stream ends, and hears that there are notices. */
function listenAt(url: string, cookie: string): { next(): Promise<void>; close(): void } {
  const waiting = new Set<() => void>();
  const closed = new AbortController();
  const open = async (): Promise<void> => {
    while (!closed.signal.aborted) {
      try {
        const answer = await fetch(`${url}/api/events`, { headers: { cookie }, signal: closed.signal });
        for await (const part of answer.body ?? [])
          if (new TextDecoder().decode(part as Uint8Array).includes('event: notice'))
            for (const tell of waiting) {
              waiting.delete(tell);
              tell();
            }
      } catch {
        // the server is away, or we are done
      }
      await new Promise((done) => setTimeout(done, 200));
    }
  };
  void open();
  return {
    next: () => new Promise((done) => waiting.add(done)),
    close: () => closed.abort(),
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
