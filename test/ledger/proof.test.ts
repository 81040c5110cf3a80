import { expect } from 'chai';
import { consistencyProof, inclusionProof } from '../../server/ledger/proof.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../server/ledger/tree.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { ledgerRuntime, record } from './runtime.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('proofs from the ledger', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase();
  });
  after(() => db.drop());

  it('show that an entry is in it and that it was only added to', async () => {
    const runtime = ledgerRuntime(db);
    const roots: Buffer[] = [];
    for (const many of [5, 6]) {
      await record(runtime, Array(many).fill({ action: 'case.note' }));
      roots.push(bytes((await db.database.transaction((tx) => verifyLedger(tx.sql))).root));
    }
    const [firstRoot, secondRoot] = roots as [Buffer, Buffer];
    await db.database.transaction(async (tx) => {
      const rows = await tx.sql<{ body: Buffer }>('SELECT body FROM ledger_entry ORDER BY seq');
      for (const [seq, { body }] of rows.entries()) {
        const proof = (await inclusionProof(tx.sql, seq, 11)).map(bytes);
        const claim = { index: BigInt(seq), size: 11n, root: secondRoot, proof };
        expect(verifyInclusion({ ...claim, leaf: leafHash(body) })).equals(true);
        expect(verifyInclusion({ ...claim, leaf: leafHash(Buffer.concat([body, Buffer.from(' ')])) })).equals(false);
      }
      const proof = (await consistencyProof(tx.sql, 5, 11)).map(bytes);
      expect(verifyConsistency({ first: 5n, second: 11n, firstRoot, secondRoot, proof })).equals(true);
      expect(verifyConsistency({ first: 6n, second: 11n, firstRoot, secondRoot, proof })).equals(false);
      for (const [seq, size] of [
        [11, 11],
        [0, 12],
        [-1, 11],
      ] as const) {
        expect(await inclusionProof(tx.sql, seq, size).catch((error) => error)).instanceOf(RangeError);
      }
    });
  });
});
