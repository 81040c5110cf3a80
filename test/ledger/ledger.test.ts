import { expect } from 'chai';
import fc from 'fast-check';
import { withClient } from '../../server/kernel/roles.ts';
import { inUnitOfWork } from '../../server/kernel/unit-of-work.ts';
import { canonical } from '../../server/ledger/canonical.ts';
import { entriesOf, ledgerHead, logRefusal } from '../../server/ledger/ledger.ts';
import { leafHash, treeRoot } from '../../server/ledger/tree.ts';
import { verifyLedger } from '../../server/ledger/verify.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type LedgerRuntime, ledgerRuntime, officer, record } from './runtime.ts';

describe('the ledger', () => {
  let db: TestDatabase;
  let runtime: LedgerRuntime;
  const sql = <Row extends object>(text: string, values?: unknown[]) =>
    db.database.transaction((tx) => tx.sql<Row>(text, values));
  const verify = (chunk?: number) => db.database.transaction((tx) => verifyLedger(tx.sql, chunk ? { chunk } : {}));
  const bodies = async () =>
    (await sql<{ body: Buffer }>('SELECT body FROM ledger_entry ORDER BY seq')).map(({ body }) => body);

  beforeEach(async () => {
    db = await testDatabase();
    runtime = ledgerRuntime(db);
  });
  afterEach(() => db.drop());

  it('that is empty is in order', async () => {
    const { log, ...verdict } = await verify();
    expect(verdict).deep.equals({ ok: true, alg: 'sha256', size: 0, root: treeRoot([]).toString('hex') });
    expect(log).match(/^[0-9a-f-]{36}$/);
  });

  it('holds every field as it was then, in bytes that hash to its leaf', async () => {
    const { log } = await db.database.transaction((tx) => ledgerHead(tx.sql));
    await record(runtime, [
      {
        action: 'item.hand-over',
        objectType: 'item',
        objectId: '0190a8c0-0000-7000-8000-000000000001',
        objectVersion: 4,
        occurredAt: new Date('2026-01-04T10:00:00Z'),
        changes: { custodianId: [null, 31], at: new Date('2026-01-04T10:00:00Z'), left: undefined },
        reason: '随案移交',
      },
    ]);

    const [body] = await bodies();
    expect(body!.toString()).equals(canonical(JSON.parse(body!.toString())));
    expect(JSON.parse(body!.toString())).deep.equals({
      v: 1,
      log,
      seq: 0,
      alg: 'sha256',
      prev: '0'.repeat(64),
      recordedAt: '2026-01-05T00:00:00.000Z',
      occurredAt: '2026-01-04T10:00:00.000Z',
      actor: { personId: 12, name: '王建国', unitId: 3, unitName: '滨江派出所', role: 'case-officer' },
      sessionId: 's-1',
      requestId: 'r-1',
      action: 'item.hand-over',
      object: { type: 'item', id: '0190a8c0-0000-7000-8000-000000000001', version: 4 },
      changes: { custodianId: [null, 31], at: '2026-01-04T10:00:00.000Z' },
      reason: '随案移交',
    });
    expect(runtime.receipts).deep.equals([{ seq: 0, leafHash: leafHash(body!).toString('hex') }]);
  });

  it('is a tree over the stored bytes, whatever the batches it came in', async () => {
    const batches = fc.sample(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 40 }), {
      numRuns: 30,
      seed: 7,
    });
    for (const batch of batches) {
      await record(
        runtime,
        batch.map((changes, i) => ({ action: `test.${i}`, objectType: 'case', objectId: `c${i}`, changes })),
      );
      runtime.clock.pass(1);
    }
    const leaves = (await bodies()).map((body) => leafHash(body));
    const verdict = await verify(7);
    expect(leaves.length).equals(batches.flat().length).and.greaterThan(100);
    expect(verdict).includes({ ok: true, size: leaves.length, root: treeRoot(leaves).toString('hex') });
    expect((await db.database.transaction((tx) => ledgerHead(tx.sql))).root).equals(verdict.root);
  });

  it('takes a thousand entries in one statement', async () => {
    const entries = Array.from({ length: 1000 }, (_, i) => ({
      action: 'case.import',
      objectType: 'case',
      objectId: String(i),
    }));
    await record(runtime, entries);
    expect(runtime.receipts.map(({ seq }) => seq)).deep.equals(entries.map((_, i) => i));
    expect(await verify()).includes({ ok: true, size: 1000 });
  });

  it('is written by the engine as by the app', async () => {
    await inUnitOfWork(runtime, officer, async (uow) => uow.log({ action: 'case.import' }), { as: 'engine' });
    await record(runtime, [{ action: 'case.note' }]);
    expect(await verify()).includes({ ok: true, size: 2 });
  });

  it('stays dense and sound under units of work that run at once', async () => {
    const work = Array.from({ length: 60 }, (_, i) =>
      record(runtime, Array(1 + (i % 3)).fill({ action: `at-once.${i}` })),
    );
    await Promise.all(work);
    expect(await verify()).includes({ ok: true, size: 120 });
    expect(runtime.receipts.map(({ seq }) => seq).toSorted((a, b) => a - b)).deep.equals([...Array(120).keys()]);
  });

  it('never goes back in time, even when the clock does', async () => {
    await record(runtime, [{ action: 'a' }]);
    runtime.clock.pass(-86_400_000);
    await record(runtime, [{ action: 'b' }]);
    runtime.clock.pass(2 * 86_400_000);
    await record(runtime, [{ action: 'c' }]);
    const times = (await sql<{ recorded_at: Date }>('SELECT recorded_at FROM ledger_entry ORDER BY seq')).map(
      ({ recorded_at }) => recorded_at.toISOString().slice(0, 10),
    );
    expect(times).deep.equals(['2026-01-05', '2026-01-05', '2026-01-06']);
    expect(await verify()).includes({ ok: true });
  });

  it('keeps nothing of an action that fails, and no action that it cannot keep', async () => {
    const failed = inUnitOfWork(runtime, officer, async (uow) => {
      uow.log({ action: 'case.open' });
      throw new Error('refused');
    });
    expect(await failed.catch((error) => error.message)).equals('refused');

    const unkeepable = inUnitOfWork(runtime, officer, async (uow) => {
      await uow.sql(`INSERT INTO setting (key, value) VALUES ('ledger-test', '1')`);
      uow.log({ action: 'setting.change', changes: { value: Number.NaN } });
    });
    expect(await unkeepable.catch((error) => error.message)).includes('not JSON');
    expect(await sql(`SELECT FROM setting WHERE key = 'ledger-test'`)).deep.equals([]);
    expect(await verify()).includes({ ok: true, size: 0 });
  });

  it('lets nothing be done while it cannot be written', async () => {
    const change = (key: string) =>
      inUnitOfWork(runtime, officer, async (uow) => {
        await uow.sql(`INSERT INTO setting (key, value) VALUES ($1, '1')`, [key]);
        uow.log({ action: 'setting.change' });
      });
    await withClient(db.ownerUrl, (owner) => owner.query('REVOKE EXECUTE ON FUNCTION ledger_append FROM mingjing_app'));
    const refused = await change('first').catch((error) => error);
    expect([refused.status, refused.code, refused.cause.code]).deep.equals([503, 'ledger.unavailable', '42501']);
    await withClient(db.ownerUrl, (owner) => owner.query('GRANT EXECUTE ON FUNCTION ledger_append TO mingjing_app'));
    await change('second');
    expect(await sql(`SELECT key FROM setting WHERE key IN ('first', 'second')`)).deep.equals([{ key: 'second' }]);
  });

  it('keeps a refusal although the request fails', async () => {
    const request = inUnitOfWork(runtime, officer, async (uow) => {
      uow.log({ action: 'finding.judge' });
      await logRefusal(runtime, officer, {
        action: 'finding.judge.refused',
        objectType: 'finding',
        objectId: 'no\0thing\ud800',
        reason: '办案人不得认定本人案件',
      });
      throw new Error('forbidden');
    });
    expect(await request.catch((error) => error.message)).equals('forbidden');
    const kept = await bodies();
    expect(kept.map((body) => JSON.parse(body.toString()).action)).deep.equals(['finding.judge.refused']);
    expect(await verify()).includes({ ok: true, size: 1 });
  });

  it('tells what happened to one object, oldest first, in pages', async () => {
    const of = (objectId: string, action: string) => ({ action, objectType: 'case', objectId });
    await record(runtime, [of('1', 'case.open'), of('2', 'case.open'), of('1', 'case.accept')]);
    await record(runtime, [of('1', 'case.close'), { ...of('1', 'item.take'), objectType: 'item' }]);
    const told = (page?: { after?: number; limit?: number }) =>
      db.database.transaction((tx) => entriesOf(tx.sql, { type: 'case', id: '1' }, page));
    expect((await told()).map(({ seq, action }) => [seq, action])).deep.equals([
      [0, 'case.open'],
      [2, 'case.accept'],
      [3, 'case.close'],
    ]);
    expect((await told({ after: 0, limit: 1 })).map(({ action }) => action)).deep.equals(['case.accept']);
    expect((await told())[0]?.leafHash).equals(runtime.receipts[0]?.leafHash);
  });
});
