import { forbidden, type Text } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSelf } from '../organisation/human.ts';
import { holders, tell } from './notices.ts';

/** What is reported within an hour is reported as it happens; what lies further back excuses what somebody may know by now. */
const tolerance = 3_600_000;

export const isBackwards = (uow: UnitOfWork, at: Date): boolean => at.getTime() < uow.now.getTime() - tolerance;

/** Whoever asked for it does not release it, under no account of his. @throws Problem 403 */
export function checkSecond(uow: UnitOfWork, askedBy: number): void {
  if (isSelf(uow.actor, askedBy))
    throw forbidden('release.own', {
      zh: '追溯既往的事项须由另一人复核，提出人不得自行复核',
      en: 'What reaches back is released by a second person, not by whoever asked for it',
    });
}

/** Whose broken duties of these rules and units, due in this time, would be spared: for the entry, and for who decides. */
export async function sparedBy(
  uow: UnitOfWork,
  what: { rules: readonly string[]; units: readonly number[] | null; from: Date; until: Date | null },
): Promise<{ duties: number; people: string[] }> {
  const [row] = await uow.sql<{ duties: number; people: string[] | null }>(
    `SELECT count(*) AS duties, array_agg(DISTINCT p.name) FILTER (WHERE p.name IS NOT NULL) AS people
       FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN person p ON p.id = o.person_id LEFT JOIN unit u ON u.id = o.unit_id
      WHERE o.verdict IN (3, 4) AND NOT o.trial AND (r.code = ANY($1::text[]) OR split_part(r.code, '-', 1) = ANY($1::text[]))
        AND ($2::int[] IS NULL OR u.path && $2) AND coalesce(o.due_at, o.opened_at) >= $3 AND ($4::timestamptz IS NULL OR coalesce(o.due_at, o.opened_at) <= $4)`,
    [what.rules, what.units, what.from, what.until],
  );
  return { duties: row?.duties ?? 0, people: (row?.people ?? []).sort() };
}

/** Offices that release what reaches back (policies: feed.release, emergency.create). */
const releasing = ['legal-head', 'bureau-leader'];

/** What waits for a second person is told to those who may be that person; without units to those of every bureau. */
export async function tellReleasing(
  uow: UnitOfWork,
  units: readonly number[] | null,
  text: Text,
  link: string,
  cause: string,
): Promise<void> {
  // office by office: the nearest of both together may be the one who asked
  for (const unit of units ?? (await bureaus(uow)))
    for (const role of releasing) await tell(uow, await holders(uow, unit, [role]), text, link, cause);
}

export const bureaus = async (uow: UnitOfWork): Promise<number[]> =>
  (await uow.sql<{ id: number }>(`SELECT id FROM unit WHERE kind = 'bureau'`)).map(({ id }) => id);
