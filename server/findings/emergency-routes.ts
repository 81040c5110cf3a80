import { z } from 'zod';
import { checkReach, reachParameter } from '../access/reach.ts';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { instantInput } from '../kernel/input.ts';
import { type Route, route } from '../kernel/route.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { checkSecond, isBackwards, sparedBy, tellReleasing } from './backwards.ts';

const month = 31 * 24 * 3_600_000;

const columns = `e.id, e.order_number AS "orderNumber", e.reason, e.units, e.rules, e.from_at AS "fromAt", e.until, e.ended_at AS "endedAt", d.name AS "declaredByName", e.declared_by AS "declaredBy",
  e.needs_release AND e.released_at IS NULL AS "waits", (SELECT r.name FROM person r WHERE r.id = e.released_by) AS "releasedByName",
  (SELECT array_agg(u.name ORDER BY u.path) FROM unit u WHERE u.id = ANY(e.units)) AS "unitNames",
  (SELECT count(*) FROM excuse x WHERE x.emergency_id = e.id) AS "excused"`;

/**
 * 应急(重大安保)模式: what these rules ask of these units while it lasts is excused under the number of the order. Nothing
 * is hidden: the excused duties stand in every list and rate with that number.
 */
export const emergencyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/emergencies',
    summary: { zh: '应急模式', en: 'Emergency modes' },
    action: 'emergency.read',
    handle: ({ uow, actor }) =>
      uow.sql(
        `SELECT ${columns} FROM emergency e JOIN person d ON d.id = e.declared_by
         WHERE $1::int[] IS NULL OR e.units && $1 OR EXISTS (SELECT FROM unit u WHERE u.id = ANY($1) AND u.path && e.units)
         ORDER BY e.from_at DESC, e.id LIMIT 200`,
        [reachParameter(actor, 'emergency.read')],
      ),
  }),
  route({
    method: 'POST',
    path: '/api/emergencies',
    summary: { zh: '启动应急模式', en: 'Declare an emergency mode' },
    action: 'emergency.create',
    body: z.strictObject({
      orderNumber: lineInput(60, 3),
      reason: paragraphInput(500, 2),
      units: z.array(z.coerce.number().int().min(1)).min(1).max(200),
      rules: z
        .array(z.string().regex(/^[A-Z]{3}(-\d\d[a-z]?)?$/))
        .min(1)
        .max(120),
      fromAt: instantInput,
      until: instantInput,
    }),
    handle: async ({ uow, actor, body, reply }) => {
      for (const unit of body.units) checkReach(actor, 'emergency.create', unit);
      if (body.until <= body.fromAt || body.until.getTime() - body.fromAt.getTime() > month)
        throw wrong('until', '应急模式应有终止时间，且不超过三十一日', 'It ends, within 31 days');
      const known = await uow.sql<{ code: string }>('SELECT code FROM rule');
      const stranger = body.rules.find(
        (rule) => !known.some(({ code }) => code === rule || code.startsWith(`${rule}-`)),
      );
      if (stranger) throw wrong('rules', `没有规则 ${stranger}`, `There is no rule ${stranger}`);
      const [taken] = await uow.sql('SELECT 1 FROM emergency WHERE order_number = $1', [body.orderNumber]);
      if (taken)
        throw conflict('emergency.order-used', { zh: '该文号已经使用', en: 'This order number is used already' }, {});
      const id = newId(uow.now);
      await uow.sql(
        `INSERT INTO emergency (id, order_number, reason, units, rules, from_at, until, declared_by, declared_at, needs_release)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          body.orderNumber,
          body.reason,
          body.units,
          body.rules,
          body.fromAt,
          body.until,
          actor.personId,
          uow.now,
          isBackwards(uow, body.fromAt),
        ],
      );
      uow.log({
        action: 'emergency.create',
        objectType: 'emergency',
        objectId: id,
        changes: body,
        reason: body.reason,
      });
      if (isBackwards(uow, body.fromAt)) {
        const text = {
          zh: `应急模式 ${body.orderNumber} 追溯既往，待复核后生效`,
          en: `The emergency mode ${body.orderNumber} reaches back: it waits for a second person`,
        };
        await tellReleasing(uow, body.units, text, '/emergencies', `emergency ${id}`);
      }
      reply.status(201);
      return one(uow, id);
    },
  }),
  route({
    method: 'POST',
    path: '/api/emergencies/:id/release',
    summary: { zh: '复核追溯既往的应急模式', en: 'Release an emergency mode that reaches back' },
    action: 'emergency.create',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: paragraphInput(500) }),
    handle: async ({ uow, actor, params, body }) => {
      const found = await within(uow, actor, params.id);
      checkSecond(uow, found.declaredBy);
      if (!found.waits) throw conflict('emergency.released', { zh: '无需复核', en: 'It waits for nobody' }, {});
      await uow.sql('UPDATE emergency SET released_by = $2, released_at = $3 WHERE id = $1', [
        params.id,
        actor.personId,
        uow.now,
      ]);
      const spared = await sparedBy(uow, { ...found, from: found.fromAt });
      uow.log({
        action: 'emergency.release',
        objectType: 'emergency',
        objectId: params.id,
        changes: { spared },
        reason: body.reason,
      });
      return { ...(await one(uow, params.id)), spared };
    },
  }),
  route({
    method: 'POST',
    path: '/api/emergencies/:id/end',
    summary: { zh: '解除应急模式', en: 'End an emergency mode' },
    action: 'emergency.create',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: paragraphInput(500) }),
    handle: async ({ uow, actor, params, body }) => {
      const found = await within(uow, actor, params.id);
      if (found.endedAt !== null || found.until <= uow.now)
        throw conflict('emergency.over', { zh: '应急模式已经解除', en: 'It is over' }, {});
      await uow.sql('UPDATE emergency SET ended_at = $2, ended_by = $3 WHERE id = $1', [
        params.id,
        uow.now,
        actor.personId,
      ]);
      uow.log({ action: 'emergency.end', objectType: 'emergency', objectId: params.id, reason: body.reason });
      return one(uow, params.id);
    },
  }),
];

const wrong = (field: string, zh: string, en: string) =>
  badInput('emergency.bad', { zh, en }, [{ path: `body.${field}`, zh, en }]);

interface Emergency {
  units: number[];
  rules: string[];
  fromAt: Date;
  until: Date;
  endedAt: Date | null;
  declaredBy: number;
  waits: boolean;
}

async function one(uow: UnitOfWork, id: string, lock: '' | 'FOR UPDATE OF e' = ''): Promise<Emergency> {
  const [row] = await uow.sql<Emergency>(
    `SELECT ${columns} FROM emergency e JOIN person d ON d.id = e.declared_by WHERE e.id = $1 ${lock}`,
    [id],
  );
  if (!row) throw notFound();
  return row;
}

/** One that this actor may decide on, held until he has. @throws Problem 403, 404 */
async function within(uow: UnitOfWork, actor: Actor, id: string): Promise<Emergency> {
  const found = await one(uow, id, 'FOR UPDATE OF e');
  for (const unit of found.units) checkReach(actor, 'emergency.create', unit);
  return found;
}
