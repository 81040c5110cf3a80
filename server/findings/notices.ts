import { shownZone } from '../kernel/calendar.ts';
import type { Text } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

/** Roles whose office is in charge of a unit from above; the others belong to the unit itself. */
const offices: readonly string[] = [
  'case-management-officer',
  'legal-reviewer',
  'legal-head',
  'inspector',
  'bureau-leader',
];

/**
 * Who holds one of these roles for a unit now: the unit's own people, or of an office in charge the nearest one (the
 * county's, where it has one).
 */
export async function holders(uow: UnitOfWork, unit: number, roles: readonly string[]): Promise<number[]> {
  const rows = await uow.sql<{ person_id: number }>(
    `WITH held AS (
       SELECT o.person_id, CASE WHEN o.unit_id = u.id THEN 1000 WHEN pu.id = ANY(u.path) THEN cardinality(pu.path) ELSE cardinality(pu.path) - 1 END AS nearness
       FROM unit u JOIN post o ON o.role = ANY($2::text[]) AND o.from_at <= $4 AND (o.to_at IS NULL OR o.to_at > $4)
       JOIN unit pu ON pu.id = o.unit_id
       WHERE u.id = $1 AND (o.unit_id = u.id OR (o.role = ANY($3::text[]) AND (pu.id = ANY(u.path) OR pu.parent_id = ANY(u.path)))))
     SELECT DISTINCT h.person_id FROM held h JOIN person p ON p.id = h.person_id AND p.disabled_at IS NULL
     WHERE h.nearness = (SELECT max(nearness) FROM held) ORDER BY 1`,
    [unit, roles, offices, uow.now],
    { name: 'holders of a role' },
  );
  return rows.map((row) => row.person_id);
}

/** What one person is told; a cause is told once to each, however often it is found. */
export interface Notice {
  person: number;
  text: Text;
  link: string;
  cause: string;
}

/** Tells people the same thing. */
export async function tell(
  uow: UnitOfWork,
  people: readonly number[],
  text: Text,
  link: string,
  cause: string,
): Promise<void> {
  const others = people.filter((person) => person !== uow.actor.personId);
  await tellAll(
    uow,
    others.map((person) => ({ person, text, link, cause })),
  );
}

/** Each what is meant for them, in one statement. */
export async function tellAll(uow: UnitOfWork, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  await uow.sql(
    `INSERT INTO notice (id, person_id, text, link, at, cause)
     SELECT n.id, n.person, n.text, n.link, $2, n.cause || ' ' || n.person
     FROM jsonb_to_recordset($1::jsonb) AS n (id uuid, person int, text jsonb, link text, cause text)
     JOIN person p ON p.id = n.person ON CONFLICT (cause) DO NOTHING`,
    [JSON.stringify(notices.map((notice) => ({ id: newId(uow.now), ...notice }))), uow.now],
    { name: 'tell people' },
  );
}

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: shownZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
/** 11-22 21:40, as notices tell an instant of the bureau. */
export const shortInstant = (at: Date): string => format.format(at).slice(5);
