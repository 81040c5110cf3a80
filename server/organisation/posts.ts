import { conflict, forbidden, notFound, type Problem, refusal } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSelf, lockHuman } from './human.ts';
import { areExclusive, roles } from './roles.ts';
import { endSessionsOf } from './session.ts';

export interface PostInput {
  personId: number;
  unitId: number;
  role: string;
}

/** Gives a role at a unit from now on. @throws Problem 403 to himself, 409 for roles that one account may not unite */
export async function grantPost(uow: UnitOfWork, input: PostInput, reason: string): Promise<number> {
  if (isSelf(uow.actor, input.personId))
    throw forbidden('post.own', { zh: '不能给自己授权', en: 'Nobody grants himself a role' });
  const accounts = await lockHuman(uow, input.personId);
  const [person] = await uow.sql<{ kind: string; disabled_at: Date | null }>(
    'SELECT kind, disabled_at FROM person WHERE id = $1',
    [input.personId],
  );
  if (!person) throw notFound();
  if (person.disabled_at) throw conflict('post.disabled', { zh: '该账号已停用', en: 'The account is disabled' });
  // 辅警 assist: they may never hold what a police officer must decide (domain.md §1.1, no. 9)
  if (person.kind === 'auxiliary' && input.role !== 'auxiliary')
    throw conflict('post.auxiliary', {
      zh: '辅警只能担任辅警岗位',
      en: 'An auxiliary holds the post of an auxiliary only',
    });
  const held = await postsOf(uow, accounts);
  if (held.some((post) => post.personId === input.personId && post.role === input.role && post.unitId === input.unitId))
    throw conflict('post.held', { zh: '该人员已担任此岗位', en: 'This post is held already' });
  const apart = held.find((post) => areExclusive(post.role, input.role));
  if (apart) throw keptApart(apart, input.role);
  const [row] = await uow.sql<{ id: number }>(
    'INSERT INTO post (person_id, unit_id, role, from_at) VALUES ($1, $2, $3, $4) RETURNING id',
    [input.personId, input.unitId, input.role, uow.now],
  );
  await endSessionsOf(uow, input.personId);
  uow.log({
    action: 'post.grant',
    objectType: 'person',
    objectId: String(input.personId),
    changes: { post: row?.id, role: input.role, unit: input.unitId },
    reason,
  });
  return row?.id ?? 0;
}

interface HeldPost {
  personId: number;
  number: string;
  role: string;
  unitId: number;
}

/** What these accounts hold now. */
const postsOf = (uow: UnitOfWork, accounts: readonly number[]): Promise<HeldPost[]> =>
  uow.sql<HeldPost>(
    `SELECT t.person_id AS "personId", p.number, t.role, t.unit_id AS "unitId" FROM post t JOIN person p ON p.id = t.person_id
      WHERE t.person_id = ANY ($1::int[]) AND (t.to_at IS NULL OR t.to_at > $2) ORDER BY t.id`,
    [accounts, uow.now],
  );

function keptApart(held: HeldPost, role: string): Problem {
  const [one, other] = [roles[held.role], roles[role]];
  return refusal(
    conflict('post.kept-apart', {
      zh: `该人员（警号${held.number}）已是“${one?.zh ?? held.role}”，不得兼任“${other?.zh ?? role}”；同一人的全部账号合并计算`,
      en: `He is ${one?.en ?? held.role} already (${held.number}): nobody is ${other?.en ?? role} as well, under any of his accounts`,
    }),
  );
}

/** Accounts that turn out to be one human's may hold together what one account may. @throws Problem 409 */
export async function refuseExclusive(uow: UnitOfWork, accounts: readonly number[]): Promise<void> {
  const held = await postsOf(uow, accounts);
  for (const [i, one] of held.entries())
    for (const other of held.slice(0, i)) if (areExclusive(one.role, other.role)) throw keptApart(other, one.role);
}

/** Takes a role away from now on; its holder signs in anew. */
export async function endPost(uow: UnitOfWork, id: number, reason: string): Promise<void> {
  const [post] = await uow.sql<{ person_id: number; unit_id: number; role: string; from_at: Date }>(
    'SELECT person_id, unit_id, role, from_at FROM post WHERE id = $1 AND (to_at IS NULL OR to_at > $2) FOR UPDATE',
    [id, uow.now],
  );
  if (!post) throw notFound();
  if (isSelf(uow.actor, post.person_id))
    throw forbidden('post.own', { zh: '不能变更自己的岗位', en: 'Nobody changes his own posts' });
  // a post of no length was a slip: an interval must not be empty
  if (post.from_at >= uow.now) await uow.sql('DELETE FROM post WHERE id = $1', [id]);
  else await uow.sql('UPDATE post SET to_at = $2 WHERE id = $1', [id, uow.now]);
  await endSessionsOf(uow, post.person_id);
  uow.log({
    action: 'post.end',
    objectType: 'person',
    objectId: String(post.person_id),
    changes: { post: id, role: post.role, unit: post.unit_id },
    reason,
  });
}

/** Whether anybody holds a role now. */
export async function isHeld(uow: UnitOfWork, role: string): Promise<boolean> {
  const rows = await uow.sql('SELECT 1 FROM post WHERE role = $1 AND (to_at IS NULL OR to_at > $2) LIMIT 1', [
    role,
    uow.now,
  ]);
  return rows.length > 0;
}
