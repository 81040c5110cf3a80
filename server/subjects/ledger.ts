import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { entriesOf } from '../ledger/ledger.ts';
import type { SubjectType } from './define.ts';

/** More entries than this are read on the ledger's own page. */
const most = 500;

/** Entries of earlier releases hold a finding's snapshot in the clear; their bytes stay, and nobody is shown them here. */
function withoutSnapshot({ changes }: { changes?: unknown }): { changes?: unknown } {
  const facts = (changes as { facts?: Record<string, unknown> } | undefined)?.facts;
  if (!facts || !('snapshot' in facts)) return {};
  const { snapshot: _read, ...others } = facts;
  return { changes: { ...(changes as object), facts: others } };
}

/** What was done to or with a record, oldest first, as the stored bodies tell it. */
export async function readRecordLedger(uow: UnitOfWork, type: SubjectType, id: string) {
  const entries = await entriesOf(uow.sql, { type: type.name, id }, { limit: most });
  // which session it was is for the security auditor, not for colleagues
  return entries.map(({ sessionId: _session, requestId: _request, ...entry }) => ({
    id: entry.seq,
    ...entry,
    ...withoutSnapshot(entry),
  }));
}
