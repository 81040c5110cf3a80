import { type SettableClock, settableClock } from '../../server/kernel/clock.ts';
import { type Actor, inUnitOfWork, type LedgerEntry, type Runtime } from '../../server/kernel/unit-of-work.ts';
import { appendEntries, type Receipt } from '../../server/ledger/ledger.ts';
import type { TestDatabase } from '../support/database.ts';

export const officer: Actor = {
  personId: 12,
  name: '王建国',
  unitId: 3,
  unitName: '滨江派出所',
  role: 'case-officer',
  roles: ['case-officer'],
  sessionId: 's-1',
  requestId: 'r-1',
};

export interface LedgerRuntime extends Runtime {
  clock: SettableClock;
  /** What the last units of work got for their entries. */
  receipts: Receipt[];
}

/** A runtime whose only settled thing is the ledger. */
export function ledgerRuntime(db: TestDatabase, at = '2026-01-05T00:00:00Z'): LedgerRuntime {
  const runtime: LedgerRuntime = {
    database: db.database,
    clock: settableClock(at),
    receipts: [],
    settle: async () => {},
    append: async (uow, entries) => {
      runtime.receipts.push(...(await appendEntries(uow, entries)));
    },
  };
  return runtime;
}

/** One unit of work that does nothing but log. */
export function record(runtime: Runtime, entries: LedgerEntry[], actor: Actor = officer): Promise<void> {
  return inUnitOfWork(runtime, actor, async (uow) => {
    for (const entry of entries) uow.log(entry);
  });
}
