import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';

/** Whether this account is the actor's own: the one he acts with, or another of the same human. */
export const isSelf = (actor: Actor, personId: unknown): boolean =>
  typeof personId === 'number' && (personId === actor.personId || (actor.accounts?.includes(personId) ?? false));

/** Whether two accounts are one human's. In SQL: `same_human(one, other)`, `= ANY (accounts_of(one))`. */
export async function sameHuman(uow: Pick<UnitOfWork, 'sql'>, one: number, other: number): Promise<boolean> {
  const [row] = await uow.sql<{ same: boolean }>('SELECT same_human($1, $2) AS same', [one, other], {
    name: 'same human',
  });
  return row?.same ?? false;
}

/**
 * Every account of the human who has this one, locked until the commit, so that what may not be united is asked of all
 * of them at once; none where there is no such person.
 */
export async function lockHuman(uow: UnitOfWork, personId: number): Promise<number[]> {
  const rows = await uow.sql<{ id: number }>(
    'SELECT id FROM person WHERE id = ANY (accounts_of($1)) ORDER BY id FOR UPDATE',
    [personId],
    { name: 'lock human' },
  );
  return rows.map(({ id }) => id);
}
