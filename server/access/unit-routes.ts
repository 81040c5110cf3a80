import { z } from 'zod';
import { notFound } from '../kernel/errors.ts';
import { containing, listing, tellRange } from '../kernel/listing.ts';
import { type Route, route } from '../kernel/route.ts';
import { lineInput } from '../kernel/text.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { changeUnit, createUnit, unitColumns, unitKinds } from '../organisation/units.ts';
import { checkReach } from './reach.ts';

export const intId = z.strictObject({ id: z.coerce.number().int().min(1).max(2_147_483_647) });
const some = z.union([z.int(), z.array(z.int()).max(1000)]);
const code = z.string().regex(/^[0-9A-Z]{4,12}$/, '应为 4 至 12 位数字或大写字母‖4 to 12 digits or capitals');

const unitBody = z.strictObject({
  code,
  name: lineInput(100),
  short: lineInput(20),
  kind: z.enum(Object.keys(unitKinds)),
  parentId: z.int().min(1).nullable().default(null),
  area: z.enum(['urban', 'suburban', 'rural']).nullable().default(null),
});

/** The unit tree: everybody reads it (names of units are no secret), the system administrator keeps it. */
export const unitRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/units',
    summary: { zh: '单位列表', en: 'Units' },
    action: 'unit.read',
    query: listing(
      { q: lineInput(100, 0), id: some, parentId: z.int().nullable(), kind: z.string().max(20), closed: z.boolean() },
      ['id', 'code', 'name', 'short', 'kind'],
      ['code', 'ASC'],
    ),
    handle: async ({ uow, query, reply }) => {
      const { q, id, parentId, kind, closed = false } = query.filter;
      const rows = await uow.sql<{ total: number }>(
        `SELECT ${unitColumns}, count(*) OVER () AS total FROM unit u
          WHERE ($1::text IS NULL OR fold_text(u.name) LIKE $1 OR fold_text(u.short) LIKE $1 OR fold_text(u.code) LIKE $1) AND ($2::int[] IS NULL OR u.id = ANY ($2))
            AND ($3::int IS NULL OR u.parent_id = $3) AND ($4::text IS NULL OR u.kind = $4) AND ($5 OR u.closed_at IS NULL OR $2::int[] IS NOT NULL)
          ORDER BY u.${query.sort[0]} ${query.sort[1]}, u.id LIMIT ${query.limit} OFFSET ${query.offset}`,
        [q ? containing(q) : null, id === undefined ? null : [id].flat(), parentId ?? null, kind ?? null, closed],
      );
      tellRange(reply, 'units', query, rows.length, rows[0]?.total ?? 0);
      return rows.map(({ total: _total, ...unit }) => unit);
    },
  }),
  route({
    method: 'GET',
    path: '/api/units/:id',
    summary: { zh: '单位', en: 'One unit' },
    action: 'unit.read',
    params: intId,
    handle: ({ uow, params }) => unitOf(uow, params.id),
  }),
  route({
    method: 'POST',
    path: '/api/units',
    summary: { zh: '新建单位', en: 'Create a unit' },
    action: 'unit.create',
    body: unitBody,
    handle: async ({ uow, actor, body, reply }) => {
      if (body.parentId !== null) checkReach(actor, 'unit.create', body.parentId);
      const id = await createUnit(uow, body);
      reply.status(201);
      return unitOf(uow, id);
    },
  }),
  route({
    method: 'PUT',
    path: '/api/units/:id',
    summary: { zh: '修改单位', en: 'Change a unit' },
    action: 'unit.change',
    params: intId,
    body: unitBody.extend({ closed: z.boolean().default(false) }),
    handle: async ({ uow, actor, params, body }) => {
      checkReach(actor, 'unit.change', params.id);
      if (body.parentId !== null) checkReach(actor, 'unit.change', body.parentId);
      await changeUnit(uow, params.id, body);
      return unitOf(uow, params.id);
    },
  }),
];

async function unitOf(uow: UnitOfWork, id: number) {
  const [unit] = await uow.sql(`SELECT ${unitColumns} FROM unit u WHERE u.id = $1`, [id]);
  if (!unit) throw notFound();
  return unit;
}
