import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { entriesOf } from '../ledger/ledger.ts';
import type { SubjectType } from './define.ts';

/** More entries than this are read on the ledger's own page. */
const most = 500;

/**
 * Entries of earlier releases hold in the clear what a commitment stands for today: a finding's snapshot, a private
 * explanation. Their bytes stay, and nobody is shown these values here.
 */
function withoutPrivate(type: SubjectType, { changes }: { changes?: unknown }): { changes?: unknown } {
  const facts = (changes as { facts?: Record<string, unknown> } | undefined)?.facts;
  if (!facts) return {};
  const shown = Object.entries(facts).filter(([name, value]) => {
    const by = type.facts[name]?.privateBy;
    const isSealed = typeof value === 'object' && value !== null && 'sha256' in value;
    return name !== 'snapshot' && !(by !== undefined && facts[by] === true && !isSealed);
  });
  return { changes: { ...(changes as object), facts: Object.fromEntries(shown) } };
}

/** What was done to or with a record, oldest first, as the stored bodies tell it. */
export async function readRecordLedger(uow: UnitOfWork, type: SubjectType, id: string) {
  const entries = await entriesOf(uow.sql, { type: type.name, id }, { limit: most });
  // which session it was is for the security auditor, not for colleagues
  return entries.map(({ sessionId: _session, requestId: _request, ...entry }) => ({
    id: entry.seq,
    ...entry,
    ...withoutPrivate(type, entry),
  }));
}
