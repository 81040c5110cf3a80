import { expect } from 'chai';
import fc from 'fast-check';
import { type Database, openDatabase, type Tx } from '../../server/kernel/database.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ledgerRuntime, record } from './runtime.ts';

const size = 37;
const entry = fc.nat(size - 1);

interface Tamper {
  statements: string[];
  /** The first entry that is no longer what it was. */
  names: number;
}

const copyTo = (seq: number, from: number) =>
  `INSERT INTO ledger_entry SELECT ${seq}, recorded_at, action, object_type, object_id, leaf_hash, body
   FROM ledger_entry WHERE seq = ${from}`;
const move = (by: number, from: number) => [
  `UPDATE ledger_entry SET seq = seq + 1000 WHERE seq >= ${from}`,
  `UPDATE ledger_entry SET seq = seq - ${1000 - by} WHERE seq >= 1000`,
];

/** Any way to edit, drop, swap, insert, cut or restamp, and the entry that it must be blamed on. */
const anyTamper: fc.Arbitrary<Tamper> = fc.oneof(
  fc.record({ seq: entry, byte: fc.nat(300), bit: fc.nat(7) }).map(({ seq, byte, bit }) => ({
    statements: [
      `UPDATE ledger_entry SET body = set_byte(body, ${byte}, get_byte(body, ${byte}) # ${1 << bit}) WHERE seq = ${seq}`,
    ],
    names: seq,
  })),
  fc.record({ seq: entry, byte: fc.nat(31), bit: fc.nat(7) }).map(({ seq, byte, bit }) => ({
    statements: [
      `UPDATE ledger_entry SET leaf_hash = set_byte(leaf_hash, ${byte}, get_byte(leaf_hash, ${byte}) # ${1 << bit}) WHERE seq = ${seq}`,
    ],
    names: seq,
  })),
  fc.record({ seq: entry, close: fc.boolean() }).map(({ seq, close }) => ({
    statements: [`DELETE FROM ledger_entry WHERE seq = ${seq}`, ...(close && seq < size - 1 ? move(-1, seq + 1) : [])],
    names: seq,
  })),
  fc.uniqueArray(entry, { minLength: 2, maxLength: 2 }).map(([a, b]) => ({
    statements: [
      `UPDATE ledger_entry SET seq = 1000 WHERE seq = ${a}`,
      `UPDATE ledger_entry SET seq = ${a} WHERE seq = ${b}`,
      `UPDATE ledger_entry SET seq = ${b} WHERE seq = 1000`,
    ],
    names: Math.min(a!, b!),
  })),
  fc.record({ seq: entry, from: entry }).map(({ seq, from }) => ({
    statements: [...move(1, seq), copyTo(seq, from < seq ? from : from + 1)],
    // a copy of the very entry that it pushes away only shows one place later
    names: from === seq ? seq + 1 : seq,
  })),
  entry.map((seq) => ({ statements: [`DELETE FROM ledger_entry WHERE seq >= ${seq}`], names: seq })),
  fc.record({ seq: entry, column: fc.constantFrom('action', 'object_type', 'object_id') }).map(({ seq, column }) => ({
    statements: [`UPDATE ledger_entry SET ${column} = ${column} || '-' WHERE seq = ${seq}`],
    names: seq,
  })),
  fc.record({ seq: entry, ms: fc.integer({ min: 1, max: 10 ** 9 }) }).map(({ seq, ms }) => ({
    statements: [
      `UPDATE ledger_entry SET recorded_at = recorded_at - ${ms} * interval '1 millisecond' WHERE seq = ${seq}`,
    ],
    names: seq,
  })),
);

describe('the ledger under random attack', () => {
  let db: TestDatabase;
  let superuser: Database;

  before(async () => {
    db = await testDatabase();
    const runtime = ledgerRuntime(db);
    for (let i = 0; i < size; i += 1) {
      await record(runtime, [{ action: 'case.note', objectType: 'case', objectId: `c${i}`, reason: `第${i}条` }]);
    }
    superuser = await openDatabase({ url: db.superUrl, poolSize: 1 });
  });
  after(async () => {
    await superuser.close();
    await db.drop();
  });

  /** Runs in a transaction that is undone. */
  async function tampered<T>(statements: string[], look: (tx: Tx) => Promise<T>): Promise<T> {
    let seen: T | undefined;
    const undone = superuser.transaction(async (tx) => {
      await tx.sql('SET LOCAL session_replication_role = replica');
      const stored = `SELECT string_agg(e::text, '|' ORDER BY seq) AS stored FROM ledger_entry e`;
      const [before] = await tx.sql<{ stored: string }>(stored);
      for (const statement of statements) await tx.sql(statement);
      const [after] = await tx.sql<{ stored: string }>(stored);
      if (statements.length > 0 && before?.stored === after?.stored) throw new Error('the tamper changed nothing');
      seen = await look(tx);
      throw new Error('undo');
    });
    expect(await undone.catch((error) => error.message)).equals('undo');
    return seen!;
  }

  it('names the first bad entry of every one, and none without an attack', async () => {
    expect(await tampered([], (tx) => verifyLedger(tx.sql, { chunk: 8 }))).includes({ ok: true, size });
    await fc.assert(
      fc.asyncProperty(anyTamper, async ({ statements, names }) => {
        const { ok, firstBad } = await tampered(statements, (tx) => verifyLedger(tx.sql, { chunk: 8 }));
        expect({ ok, seq: firstBad?.seq }).deep.equals({ ok: false, seq: names });
      }),
      { numRuns: 300 },
    );
  });
});
