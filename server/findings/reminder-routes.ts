import { z } from 'zod';
import { reachParameter, unitWithin } from '../access/reach.ts';
import { badInput } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import { roles } from '../organisation/roles.ts';

const week = 10 * 24 * 60;

/** 提醒: how long before the due time whom is told, per rule and unit, levels two and three. */
export const reminderRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/reminders',
    summary: { zh: '临期提醒设置', en: 'Reminders before a due time' },
    action: 'reminder.read',
    query: z.strictObject({ rule: z.string().max(20).optional() }),
    handle: ({ uow, actor, query }) =>
      uow.sql(
        `SELECT r.id, r.rule_code AS "rule", r.unit_id AS "unitId", u.name AS "unitName", r.level, r.lead, r.roles
         FROM reminder r LEFT JOIN unit u ON u.id = r.unit_id
         WHERE ($1::text IS NULL OR r.rule_code IN ($1, '*')) AND (r.unit_id IS NULL OR $2::int[] IS NULL OR r.unit_id = ANY($2))
         ORDER BY r.rule_code = '*', r.rule_code, u.path NULLS FIRST, r.level`,
        [query.rule ?? null, reachParameter(actor, 'reminder.read')],
      ),
  }),
  route({
    method: 'PUT',
    path: '/api/reminders',
    summary: { zh: '设置临期提醒', en: 'Set a reminder' },
    action: 'reminder.change',
    body: z.strictObject({
      rule: z.string().max(20),
      unitId: z.int().min(1).nullable().default(null),
      level: z.union([z.literal(2), z.literal(3)]),
      /** Minutes before the due time; 0 switches the level off. */
      lead: z.int().min(0).max(week),
      roles: z
        .array(z.enum(Object.keys(roles)))
        .min(1)
        .max(6),
    }),
    handle: async ({ uow, body: asked }) => {
      const body = { ...asked, unitId: await unitWithin(uow, 'reminder.change', asked.unitId) };
      const [rule] = await uow.sql(`SELECT 1 FROM rule WHERE code = $1 UNION SELECT 1 WHERE $1 = '*'`, [body.rule]);
      if (!rule)
        throw badInput('reminder.unknown-rule', { zh: '没有这条规则', en: 'There is no such rule' }, [
          { path: 'body.rule', zh: '没有这条规则', en: 'There is no such rule' },
        ]);
      const [before] = await uow.sql<{ lead: number; roles: string[] }>(
        'SELECT lead, roles FROM reminder WHERE rule_code = $1 AND unit_id IS NOT DISTINCT FROM $2 AND level = $3',
        [body.rule, body.unitId, body.level],
      );
      const [row] = await uow.sql<{ id: number }>(
        `INSERT INTO reminder (rule_code, unit_id, level, lead, roles) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (rule_code, unit_id, level) DO UPDATE SET lead = excluded.lead, roles = excluded.roles RETURNING id`,
        [body.rule, body.unitId, body.level, body.lead, body.roles],
      );
      uow.log({
        action: 'reminder.change',
        objectType: 'rule',
        objectId: body.rule,
        changes: { before: before ?? null, after: body },
      });
      return { id: row?.id, ...body };
    },
  }),
];
