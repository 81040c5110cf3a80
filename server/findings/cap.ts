import { bureauZone, endOf, localDay } from '../kernel/calendar.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Broken } from './raise.ts';

/** Findings of flaws that one rule may make of one unit on one day, unless the setting `daily-cap` says otherwise. */
export const dailyCap = 20;

/**
 * 日限额 (domain.md §3.2): of the flaws of one rule and unit no more become findings in a day than a unit can answer; the
 * rest goes into the weekly list, where a person takes up what matters. The duty itself stays broken and counts as such.
 */
export async function withinCap(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  const flaws = hits.filter((hit) => hit.severity === 1 && hit.unitId !== null);
  if (flaws.length === 0) return hits;
  const today = new Date(endOf(localDay(uow.now) - 1, bureauZone).getTime() + 1);
  const groups = [...new Set(flaws.map(keyOf))];
  const rows = await uow.sql<{ key: string; n: number; cap: number }>(
    `SELECT g.rule || ' ' || g.unit AS key, coalesce((SELECT (value #>> '{}')::int FROM setting WHERE key = 'daily-cap'), $4) AS cap,
       (SELECT count(*) FROM finding f WHERE f.rule_id = g.rule AND f.unit_id = g.unit AND f.raised_at >= $3) AS n
     FROM unnest($1::int[], $2::int[]) AS g (rule, unit)`,
    [
      groups.map((group) => Number(group.split(' ')[0])),
      groups.map((group) => Number(group.split(' ')[1])),
      today,
      dailyCap,
    ],
    { name: 'flaws of today' },
  );
  const room = new Map(rows.map((row) => [row.key, row.cap - row.n]));
  const held: Broken[] = [];
  const kept = hits.filter((hit) => {
    if (!flaws.includes(hit)) return true;
    const left = room.get(keyOf(hit)) ?? 0;
    room.set(keyOf(hit), left - 1);
    if (left <= 0) held.push(hit);
    return left > 0;
  });
  await listWeekly(uow, held);
  return kept;
}

const keyOf = (hit: Broken): string => `${hit.rule.id} ${hit.unitId}`;

async function listWeekly(uow: UnitOfWork, held: readonly Broken[]): Promise<void> {
  if (held.length === 0) return;
  await uow.sql(
    `INSERT INTO weekly_hit (rule_id, subject_type, subject_id, occurrence, unit_id, person_id, sentence, hit, at)
     SELECT (h->'rule'->>'id')::int, h->>'subjectType', (h->>'subjectId')::uuid, (h->>'occurrence')::uuid, (h->>'unitId')::int, (h->>'personId')::int, h->'sentence', h, $2
     FROM jsonb_array_elements($1::jsonb) h ON CONFLICT DO NOTHING`,
    [JSON.stringify(held), uow.now],
    { name: 'list weekly' },
  );
}

/** Hits that wait in the weekly list already: they make no finding by being found again. */
export async function withoutListed(uow: UnitOfWork, hits: readonly Broken[]): Promise<readonly Broken[]> {
  const flaws = hits.filter((hit) => hit.severity === 1);
  if (flaws.length === 0) return hits;
  const rows = await uow.sql<{ key: string }>(
    `SELECT w.rule_id || ' ' || w.subject_id || ' ' || w.occurrence AS key FROM unnest($1::int[], $2::uuid[], $3::uuid[]) AS h (rule, subject, occurrence)
     JOIN weekly_hit w ON w.rule_id = h.rule AND w.subject_id = h.subject AND w.occurrence = h.occurrence AND w.finding_id IS NULL`,
    [flaws.map((hit) => hit.rule.id), flaws.map((hit) => hit.subjectId), flaws.map((hit) => hit.occurrence)],
    { name: 'listed weekly' },
  );
  const listed = new Set(rows.map((row) => row.key));
  return hits.filter((hit) => !listed.has(`${hit.rule.id} ${hit.subjectId} ${hit.occurrence}`));
}
