import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { administrators, roles } from './roles.ts';
import { endSessionsOf } from './session.ts';

export interface PostInput {
  personId: number;
  unitId: number;
  role: string;
}

const isAdministrator = (role: string): boolean => (administrators as readonly string[]).includes(role);

/** Gives a role at a unit from now on. @throws Problem 403 to himself, 409 for roles that one account may not unite */
export async function grantPost(uow: UnitOfWork, input: PostInput, reason: string): Promise<number> {
  if (input.personId === uow.actor.personId)
    throw forbidden('post.own', { zh: '不能给自己授权', en: 'Nobody grants himself a role' });
  const [person] = await uow.sql<{ kind: string; disabled_at: Date | null }>(
    'SELECT kind, disabled_at FROM person WHERE id = $1 FOR UPDATE',
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
  const held = await uow.sql<{ role: string; unit_id: number }>(
    'SELECT role, unit_id FROM post WHERE person_id = $1 AND (to_at IS NULL OR to_at > $2)',
    [input.personId, uow.now],
  );
  if (held.some((post) => post.role === input.role && post.unit_id === input.unitId))
    throw conflict('post.held', { zh: '该人员已担任此岗位', en: 'This post is held already' });
  const apart = held.find(
    (post) => post.role !== input.role && (isAdministrator(post.role) || isAdministrator(input.role)),
  );
  if (apart) {
    const text = roles[apart.role]?.zh ?? apart.role;
    throw conflict('post.kept-apart', {
      zh: `该人员已是“${text}”，三员账号不得兼任其他岗位`,
      en: 'Administrators hold no other post, and no second office',
    });
  }
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

/** Takes a role away from now on; its holder signs in anew. */
export async function endPost(uow: UnitOfWork, id: number, reason: string): Promise<void> {
  const [post] = await uow.sql<{ person_id: number; unit_id: number; role: string; from_at: Date }>(
    'SELECT person_id, unit_id, role, from_at FROM post WHERE id = $1 AND (to_at IS NULL OR to_at > $2) FOR UPDATE',
    [id, uow.now],
  );
  if (!post) throw notFound();
  if (post.person_id === uow.actor.personId)
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
