import { expect } from 'chai';
import { withClient } from '../../server/kernel/roles.ts';
import { canonical } from '../../server/ledger/canonical.ts';
import { append, type Frontier, leafHash, rootOf } from '../../server/ledger/tree.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ledgerRuntime, record } from './runtime.ts';

const size = 21;

describe('the ledger under attack', () => {
  let db: TestDatabase;
  const verify = () => db.database.transaction((tx) => verifyLedger(tx.sql, { chunk: 4 }));
  const app = (text: string) => db.database.transaction((tx) => tx.sql(text));

  beforeEach(async () => {
    db = await testDatabase();
    const runtime = ledgerRuntime(db);
    for (let i = 0; i < size; i += 3) {
      await record(
        runtime,
        [0, 1, 2].map((j) => ({ action: 'case.note', objectType: 'case', objectId: `c${i + j}`, reason: '甲' })),
      );
      runtime.clock.pass(60_000);
    }
    expect(await verify()).includes({ ok: true, size });
  });
  afterEach(() => db.drop());

  /** As a superuser who switched the triggers off; every tamper must really change what is stored. */
  async function tamper(...statements: [text: string, values?: unknown[]][]): Promise<void> {
    const stored = `SELECT md5((SELECT coalesce(string_agg(e::text, '|' ORDER BY seq), '') FROM ledger_entry e)
      || coalesce((SELECT h::text FROM ledger_head h), '')) AS stored`;
    await withClient(db.superUrl, async (client) => {
      await client.query('SET session_replication_role = replica');
      const before = await client.query(stored);
      for (const [text, values] of statements) {
        const { rowCount } = await client.query(text, values);
        expect(rowCount, text).greaterThan(0);
      }
      expect((await client.query(stored)).rows).not.deep.equals(before.rows);
    });
  }

  async function bodyAt(seq: number): Promise<Record<string, unknown>> {
    const [row] = (await app(`SELECT body FROM ledger_entry WHERE seq = ${seq}`)) as { body: Buffer }[];
    return JSON.parse(row!.body.toString());
  }

  /** Another text in an entry, its leaf hash computed anew. */
  async function rewrite(seq: number, change: Record<string, unknown>): Promise<string> {
    const body = Buffer.from(canonical({ ...(await bodyAt(seq)), ...change }));
    await tamper(['UPDATE ledger_entry SET body = $1, leaf_hash = $2 WHERE seq = $3', [body, leafHash(body), seq]]);
    return leafHash(body).toString('hex');
  }

  async function firstBad() {
    const verdict = await verify();
    expect(verdict.ok).equals(false);
    return verdict.firstBad;
  }

  it('one byte changed names the entry', async () => {
    for (const seq of [0, 9, size - 1]) {
      await tamper([`UPDATE ledger_entry SET body = set_byte(body, 30, get_byte(body, 30) # 1) WHERE seq = ${seq}`]);
      expect(await firstBad()).deep.equals({ seq, why: 'the body is not the one that was hashed' });
      await tamper([`UPDATE ledger_entry SET body = set_byte(body, 30, get_byte(body, 30) # 1) WHERE seq = ${seq}`]);
    }
  });

  it('one byte of a stored hash changed names the entry', async () => {
    await tamper([
      'UPDATE ledger_entry SET leaf_hash = set_byte(leaf_hash, 0, get_byte(leaf_hash, 0) # 1) WHERE seq = 5',
    ]);
    expect(await firstBad()).includes({ seq: 5 });
  });

  it('the first of several is named', async () => {
    await tamper([`UPDATE ledger_entry SET body = body || ' ' WHERE seq IN (17, 6, 11)`]);
    expect(await firstBad()).includes({ seq: 6 });
  });

  it('an entry rewritten with its hash is named by what follows it', async () => {
    await rewrite(8, { reason: '乙' });
    expect(await firstBad()).deep.equals({ seq: 8, why: 'the entry is not the one that the next one was chained to' });
  });

  it('an entry rewritten with all hashes after it is found in the tree', async () => {
    let prev = await rewrite(17, { reason: '乙' });
    for (let seq = 18; seq < size; seq += 1) prev = await rewrite(seq, { prev });
    expect(await firstBad()).includes({ seq: 16, until: 19 });
  });

  it('the last entry rewritten with its hash is named', async () => {
    await rewrite(size - 1, { reason: '乙' });
    expect(await firstBad()).includes({ seq: size - 1, until: size - 1 });
  });

  it('an entry dropped names the gap, also when the others close up', async () => {
    await tamper(['DELETE FROM ledger_entry WHERE seq = 7']);
    expect(await firstBad()).deep.equals({ seq: 7, why: 'the entry is missing' });
    await tamper(
      ['UPDATE ledger_entry SET seq = seq + 1000 WHERE seq > 7'],
      ['UPDATE ledger_entry SET seq = seq - 1001 WHERE seq > 1000'],
    );
    expect(await firstBad()).deep.equals({ seq: 7, why: 'the entry was written as number 8' });
  });

  it('two entries swapped name the first of them', async () => {
    for (const columns of ['body', 'body, leaf_hash', 'body, leaf_hash, object_id, recorded_at']) {
      const swap = `UPDATE ledger_entry e SET (${columns}) = (SELECT ${columns} FROM ledger_entry o
        WHERE o.seq = CASE e.seq WHEN 4 THEN 13 ELSE 4 END) WHERE seq IN (4, 13)`;
      await tamper([swap]);
      expect(await firstBad(), columns).includes({ seq: 4 });
      await tamper([swap]);
      expect(await verify()).includes({ ok: true });
    }
  });

  it('an entry inserted in the middle is named', async () => {
    await tamper(
      ['UPDATE ledger_entry SET seq = seq + 1000 WHERE seq >= 10'],
      ['UPDATE ledger_entry SET seq = seq - 999 WHERE seq >= 1000'],
      [
        'INSERT INTO ledger_entry SELECT 10, recorded_at, action, object_type, object_id, leaf_hash, body FROM ledger_entry WHERE seq = 9',
      ],
      ['UPDATE ledger_head SET size = size + 1'],
    );
    expect(await firstBad()).deep.equals({ seq: 10, why: 'the entry was written as number 9' });
  });

  it('an entry added at the end or before the start is named', async () => {
    const copy = (seq: number) =>
      `INSERT INTO ledger_entry SELECT ${seq}, recorded_at, action, object_type, object_id, leaf_hash, body FROM ledger_entry WHERE seq = 20`;
    await tamper([copy(size)]);
    expect(await firstBad()).includes({ seq: size });
    await withClient(db.ownerUrl, (owner) =>
      owner.query('ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_seq_check'),
    );
    await tamper([copy(-1)]);
    expect(await firstBad()).includes({ seq: -1 });
  });

  it('a tail that was cut names the first entry cut, and the head when that was set back', async () => {
    await tamper(['DELETE FROM ledger_entry WHERE seq >= 18']);
    expect(await firstBad()).deep.equals({ seq: 18, why: 'the entry is missing' });
    await tamper(['UPDATE ledger_head SET size = 18']);
    expect(await firstBad()).includes({ seq: 16, until: 17 });
  });

  it('a column changed names the entry and the column', async () => {
    const changes = {
      action: `action = 'case.close'`,
      object_type: 'object_type = NULL',
      object_id: `object_id = 'c0'`,
      recorded_at: `recorded_at = recorded_at - interval '1 millisecond'`,
    };
    let seq = 15;
    for (const [column, change] of Object.entries(changes)) {
      await tamper([`UPDATE ledger_entry SET ${change} WHERE seq = ${seq}`]);
      expect(await firstBad()).deep.equals({ seq, why: `column ${column} is not what the body says` });
      seq -= 1;
    }
  });

  it('a head changed in any part is found', async () => {
    const [head] = await app('SELECT * FROM ledger_head');
    const parts = {
      log: 'log = gen_random_uuid()',
      alg: `alg = 'sm3'`,
      size: 'size = size + 1',
      root: 'root = set_byte(root, 0, get_byte(root, 0) # 1)',
      frontier: 'frontier = frontier[1:1]',
      last_leaf: 'last_leaf = root',
      last_recorded_at: `last_recorded_at = last_recorded_at + interval '1 second'`,
    };
    for (const [part, change] of Object.entries(parts)) {
      await tamper([`UPDATE ledger_head SET ${change}`]);
      expect(await firstBad(), part).an('object');
      await tamper([`UPDATE ledger_head SET ${part} = $1`, [head![part]]]);
      expect(await verify(), part).includes({ ok: true });
    }
    await tamper(['DELETE FROM ledger_head']);
    expect(await firstBad()).includes({ why: 'the head of the log is missing' });
  });

  it('an entry of another log, out of time or not canonical is named', async () => {
    const wrong: [Record<string, unknown>, string][] = [
      [{ log: '00000000-0000-0000-0000-000000000000' }, 'another log'],
      [{ alg: 'sm3' }, 'hashed with sm3'],
      [{ recordedAt: '2020-01-01T00:00:00.000Z' }, 'before the one before it'],
    ];
    for (const [change, why] of wrong) {
      const kept = await bodyAt(11);
      await rewrite(11, change);
      expect((await firstBad())?.seq).equals(11);
      expect((await firstBad())?.why).includes(why);
      await rewrite(11, kept);
    }
    const spaced = Buffer.from(JSON.stringify(await bodyAt(11), null, 1));
    await tamper(['UPDATE ledger_entry SET body = $1, leaf_hash = $2 WHERE seq = 11', [spaced, leafHash(spaced)]]);
    expect(await firstBad()).deep.equals({ seq: 11, why: 'the body is not canonical JSON' });
  });

  it('a log rewritten from end to end with its head is sound in itself: only a checkpoint elsewhere tells', async () => {
    const before = await verify();
    const frontier: Frontier = { size: 0, peaks: [] };
    let prev = '0'.repeat(64);
    for (let seq = 0; seq < size; seq += 1) {
      prev = await rewrite(seq, { prev, reason: '乙' });
      append(frontier, Buffer.from(prev, 'hex'));
    }
    const root = rootOf(frontier);
    await tamper([
      'UPDATE ledger_head SET root = $1, frontier = $2, last_leaf = $3',
      [root, frontier.peaks, Buffer.from(prev, 'hex')],
    ]);
    const after = await verify();
    expect(after).includes({ ok: true, size });
    expect(after.root).not.equals(before.root);
  });

  it('is refused to the app and the engine in every way but appending', async () => {
    const ways = [
      'UPDATE ledger_entry SET action = action',
      'DELETE FROM ledger_entry',
      'TRUNCATE ledger_entry',
      'INSERT INTO ledger_entry SELECT seq + 100, recorded_at, action, object_type, object_id, leaf_hash, body FROM ledger_entry',
      'UPDATE ledger_head SET size = 0',
      'DELETE FROM ledger_head',
      'INSERT INTO ledger_head DEFAULT VALUES',
      'TRUNCATE ledger_head',
      'ALTER TABLE ledger_entry DISABLE TRIGGER ALL',
      'DROP TABLE ledger_entry',
      'SET session_replication_role = replica',
      'CREATE OR REPLACE FUNCTION ledger_lock() RETURNS ledger_head LANGUAGE sql AS $$ SELECT * FROM ledger_head $$',
    ];
    for (const role of ['mingjing_app', 'mingjing_engine']) {
      for (const text of ways) {
        const refused = await db.database
          .transaction(async (tx) => {
            await tx.sql(`SELECT set_config('role', $1, true)`, [role]);
            await tx.sql(text);
          })
          .catch((error) => error);
        expect(refused.code, `${role}: ${text}`).equals('42501');
      }
    }
    expect(await verify()).includes({ ok: true, size });
  });

  it('is refused to the owner too, until he takes the triggers off', async () => {
    for (const text of [
      'UPDATE ledger_entry SET action = action',
      'DELETE FROM ledger_entry',
      'TRUNCATE ledger_entry',
      'DELETE FROM ledger_head',
    ]) {
      const refused = await withClient(db.ownerUrl, (client) => client.query(text)).catch((error) => error);
      expect(refused.code, text).equals('42501');
    }
  });

  it('takes only what follows its head and is the hash of its bytes', async () => {
    const call = (from: number, at: string, leaf: string, body: string) =>
      app(`SELECT ledger_append(${from}, '${at}', '{a}', '{null}', '{null}', ARRAY[${leaf}], ARRAY[${body}]::bytea[],
        sha256(''), '{}')`).catch((error) => error.code);
    expect(await call(size - 1, '2027-01-01', `sha256('\\x0061')`, `'a'`)).equals('40001');
    expect(await call(size, '2020-01-01', `sha256('\\x0061')`, `'a'`)).equals('40001');
    expect(await call(size, '2027-01-01', `sha256('\\x0062')`, `'a'`)).equals('23000');
    expect(
      await app(`SELECT ledger_append(${size}, '2027-01-01', '{}', '{}', '{}', '{}', '{}', sha256(''), '{}')`).catch(
        (error) => error.code,
      ),
    ).equals('40001');
    expect(await verify()).includes({ ok: true, size });
    expect(await call(size, '2027-01-01', `sha256('\\x0061')`, `'a'`)).an('array');
    expect(await firstBad()).includes({ seq: size });
  });
});
