import { ruleItself, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Broken } from './raise.ts';

/** Rule, subject and occurrence of hits, as the columns of a statement. */
export const columns = (hits: readonly Broken[]) => [
  hits.map((hit) => hit.rule.id),
  hits.map((hit) => hit.subjectId),
  hits.map((hit) => hit.occurrence),
];

/** When a duty fell due, or opened where the clock stands still for good: by this both kinds of excuses hold. */
const moment = (hit: Broken): Date => hit.dueAt ?? hit.openedAt;

/** An exception that held when the duty fell due excuses the duty instead: the next round of judging sees the excuse. */
export async function withoutExcepted(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  if (hits.length === 0) return hits;
  const rows = await uow.sql<{ i: number; id: string; finding_id: string | null; reason: string }>(
    `SELECT DISTINCT ON (h.i) h.i, e.id, e.finding_id, e.reason
     FROM unnest($1::int[], $2::uuid[], $3::int[], $4::int[], $5::timestamptz[]) WITH ORDINALITY AS h (rule, subject, person, unit, due, i)
     JOIN exception e ON e.rule_id = h.rule AND h.due >= e.from_at AND h.due <= least(e.until, e.ended_at)
       AND CASE e.scope WHEN 'subject' THEN e.subject_id = h.subject WHEN 'person' THEN e.person_id = h.person ELSE e.unit_id = h.unit END
     ORDER BY h.i, e.until DESC`,
    [
      hits.map((hit) => hit.rule.id),
      hits.map((hit) => hit.subjectId),
      hits.map((hit) => hit.personId),
      hits.map((hit) => hit.unitId),
      hits.map(moment),
    ],
    { name: 'exceptions that hold' },
  );
  return excuse(
    uow,
    hits,
    rows.map((row) => ({ i: row.i, reason: row.reason, finding: row.finding_id, exception: row.id, emergency: null })),
  );
}

/**
 * 应急(重大安保)模式: what fell due while one held for the unit and the rule is excused under the number of its order. A
 * duty without a due time counts by its opening.
 */
export async function withoutEmergency(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  if (hits.length === 0) return hits;
  const rows = await uow.sql<{ i: number; id: string; order_number: string }>(
    `SELECT DISTINCT ON (h.i) h.i, e.id, e.order_number
     FROM unnest($1::text[], $2::int[], $3::timestamptz[]) WITH ORDINALITY AS h (code, unit, due, i)
     JOIN unit u ON u.id = h.unit
     JOIN emergency e ON e.units && u.path AND (h.code = ANY(e.rules) OR split_part(h.code, '-', 1) = ANY(e.rules))
       AND h.due >= e.from_at AND h.due <= least(e.until, e.ended_at) AND (NOT e.needs_release OR e.released_at IS NOT NULL)
     ORDER BY h.i, e.from_at`,
    [hits.map((hit) => hit.rule.code), hits.map((hit) => hit.unitId), hits.map(moment)],
    { name: 'emergencies that held' },
  );
  return excuse(
    uow,
    hits,
    rows.map((row) => ({
      i: row.i,
      reason: `应急模式 ${row.order_number}`,
      finding: null,
      exception: null,
      emergency: row.id,
    })),
  );
}

/** Excuses these hits (counted from 1) and has their subjects judged again; the others are left. */
async function excuse(
  uow: UnitOfWork,
  hits: readonly Broken[],
  by: readonly {
    i: number;
    reason: string;
    finding: string | null;
    exception: string | null;
    emergency: string | null;
  }[],
): Promise<readonly Broken[]> {
  if (by.length === 0) return hits;
  const excepted = by.flatMap((one) => hits[one.i - 1] ?? []);
  await uow.sql(
    `INSERT INTO excuse (rule_id, subject_id, occurrence, finding_id, reason, exception_id, emergency_id)
     SELECT * FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[]) ON CONFLICT DO NOTHING`,
    [
      ...columns(excepted),
      by.map((one) => one.finding),
      by.map((one) => one.reason),
      by.map((one) => one.exception),
      by.map((one) => one.emergency),
    ],
    { name: 'excuse by exception' },
  );
  uow.changed(excepted.map((hit) => ({ type: hit.subjectType, id: hit.subjectId, facts: [ruleItself(hit.rule.id)] })));
  const gone = new Set(excepted);
  return hits.filter((hit) => !gone.has(hit));
}
