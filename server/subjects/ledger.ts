import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from './define.ts';

/** What was done to or with a record, newest first: the stored bodies themselves, with their place in the log. */
export async function readRecordLedger(uow: UnitOfWork, type: SubjectType, id: string) {
  const rows = await uow.sql<{ seq: number; leaf: string; body: Buffer; recorded_at: Date }>(
    `SELECT seq, encode(leaf_hash, 'hex') AS leaf, body, recorded_at FROM ledger_entry WHERE object_id = $1 AND object_type = $2 ORDER BY seq DESC LIMIT 500`,
    [id, type.name],
    { name: 'ledger of a record' },
  );
  return rows.map(({ seq, leaf, body, recorded_at }) => {
    const { session: _session, request: _request, ...entry } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return { id: seq, seq, leafHash: leaf, recordedAt: recorded_at, ...entry };
  });
}
