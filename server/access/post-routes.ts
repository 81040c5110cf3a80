import { z } from 'zod';
import { forbidden } from '../kernel/errors.ts';
import { listing, tellRange } from '../kernel/listing.ts';
import { locks } from '../kernel/locks.ts';
import { type Route, route } from '../kernel/route.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import { endPost, grantPost, isHeld } from '../organisation/posts.ts';
import { roles } from '../organisation/roles.ts';
import { mayAnywhere } from './actor.ts';
import { policy } from './enforcer.ts';
import { checkReach, reachParameter } from './reach.ts';
import { intId } from './unit-routes.ts';

const reason = paragraphInput(500);
const columns = `t.id, t.person_id AS "personId", p.name AS "personName", p.number AS "personNumber", t.unit_id AS "unitId", u.name AS "unitName", t.role, t.from_at AS "fromAt", t.to_at AS "toAt"`;

/** Who holds which role where: granted by the security administrator alone, and never to himself. */
export const postRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/posts',
    summary: { zh: '岗位列表', en: 'Posts' },
    action: 'post.read',
    query: listing(
      {
        personId: z.int(),
        unitId: z.int(),
        role: z.string().max(40),
        current: z.boolean(),
        id: z.union([z.int(), z.array(z.int()).max(1000)]),
      },
      ['id', 'fromAt', 'toAt', 'role'],
      ['fromAt', 'DESC'],
    ),
    handle: async ({ uow, actor, query, reply }) => {
      const { personId, unitId, role, current, id } = query.filter;
      const by = { id: 't.id', fromAt: 't.from_at', toAt: 't.to_at', role: 't.role' }[query.sort[0]] ?? 't.id';
      const rows = await uow.sql<{ total: number; role: string }>(
        `SELECT ${columns}, count(*) OVER () AS total FROM post t JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = t.unit_id
          WHERE ($1::int[] IS NULL OR t.unit_id = ANY ($1)) AND ($2::int IS NULL OR t.person_id = $2) AND ($3::int IS NULL OR u.path @> ARRAY[$3::int])
            AND ($4::text IS NULL OR t.role = $4) AND ($5::boolean IS NULL OR (t.to_at IS NULL OR t.to_at > $6) = $5) AND ($7::int[] IS NULL OR t.id = ANY ($7))
          ORDER BY ${by} ${query.sort[1]} NULLS FIRST, t.id LIMIT ${query.limit} OFFSET ${query.offset}`,
        [
          reachParameter(actor, 'post.read'),
          personId ?? null,
          unitId ?? null,
          role ?? null,
          current ?? null,
          uow.now,
          id === undefined ? null : [id].flat(),
        ],
      );
      tellRange(reply, 'posts', query, rows.length, rows[0]?.total ?? 0);
      return rows.map(({ total: _total, ...post }) => ({ ...post, roleLabel: roles[post.role] ?? null }));
    },
  }),
  route({
    method: 'POST',
    path: '/api/posts',
    summary: { zh: '授予岗位', en: 'Grant a post' },
    action: 'session',
    body: z.strictObject({
      personId: z.int().min(1),
      unitId: z.int().min(1),
      role: z.enum(Object.keys(roles)),
      reason,
    }),
    handle: async ({ uow, actor, body, reply }) => {
      await uow.sql('SELECT pg_advisory_xact_lock($1)', [locks.firstPost]);
      // an empty installation has nobody yet who could grant: the system administrator names the first, once
      const isFirst =
        body.role === 'security-administrator' &&
        mayAnywhere(actor, 'person.create') &&
        !(await isHeld(uow, body.role));
      if (!isFirst) {
        if (!mayAnywhere(actor, 'post.grant'))
          throw forbidden('access.denied', { zh: '没有权限进行此项操作', en: 'You are not allowed to do this' });
        checkReach(actor, 'post.grant', body.unitId);
        const [person] = await uow.sql<{ unit_id: number }>('SELECT unit_id FROM person WHERE id = $1', [
          body.personId,
        ]);
        if (person) checkReach(actor, 'post.grant', person.unit_id);
      }
      const id = await grantPost(uow, body, body.reason);
      reply.status(201);
      const [post] = await uow.sql(
        `SELECT ${columns} FROM post t JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = t.unit_id WHERE t.id = $1`,
        [id],
      );
      return post;
    },
  }),
  route({
    method: 'POST',
    path: '/api/posts/:id/end',
    summary: { zh: '免去岗位', en: 'End a post' },
    action: 'post.end',
    params: intId,
    body: z.strictObject({ reason }),
    handle: async ({ uow, actor, params, body }) => {
      const [post] = await uow.sql<{ unit_id: number }>('SELECT unit_id FROM post WHERE id = $1', [params.id]);
      if (post) checkReach(actor, 'post.end', post.unit_id);
      await endPost(uow, params.id, body.reason);
      return { id: params.id };
    },
  }),
  route({
    method: 'GET',
    path: '/api/roles',
    summary: { zh: '角色及其权限', en: 'Roles and what they may do' },
    action: 'role.read',
    query: listing(
      { q: lineInput(100, 0), id: z.union([z.string(), z.array(z.string()).max(100)]) },
      ['id'],
      ['id', 'ASC'],
    ),
    handle: async ({ query, reply }) => {
      const { id } = query.filter;
      const wanted = id === undefined ? null : [id].flat();
      const all = Object.entries(roles).filter(([role]) => !wanted || wanted.includes(role));
      tellRange(reply, 'roles', { offset: 0 }, all.length, all.length);
      return all.map(([role, label]) => ({
        id: role,
        label,
        actions: policy.lines(role).map(([, action, scope, state, effect]) => ({ action, scope, state, effect })),
      }));
    },
  }),
];
