import { z } from 'zod';
import { checkReach, reachParameter } from '../access/reach.ts';
import { badInput, conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { instantInput } from '../kernel/input.ts';
import { listing, tellRange } from '../kernel/listing.ts';
import { type Route, route } from '../kernel/route.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSelf } from '../organisation/human.ts';
import { quote } from '../subjects/ddl.ts';
import type { Registry } from '../subjects/registry.ts';

const longest = 366 * 24 * 3_600_000;

const columns = `e.id, r.code AS "rule", e.scope, e.subject_id AS "subjectId", e.person_id AS "personId", e.unit_id AS "unitId",
  u.name AS "unitName", p.name AS "personName", e.owner_id AS "ownerId", o.name AS "ownerName", e.reason, e.from_at AS "fromAt", e.until,
  e.finding_id AS "findingId", e.ended_at AS "endedAt", e.end_reason AS "endReason",
  e.at_unit AS "atUnit",
  (SELECT count(*) FROM excuse x WHERE x.exception_id = e.id) AS "excused"`;
const joined = `exception e JOIN rule r ON r.id = e.rule_id LEFT JOIN person p ON p.id = e.person_id
  LEFT JOIN unit u ON u.id = e.at_unit LEFT JOIN person o ON o.id = e.owner_id`;

/**
 * 例外: what raises nothing until it expires, with an owner who answers for it, a scope, a reason and an end. Granted
 * beforehand here, or with an explanation in the loop. It ends early by a person; it is never deleted.
 */
export const exceptionRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/exceptions',
    summary: { zh: '核准例外', en: 'Exceptions' },
    action: 'exception.read',
    query: listing(
      { rule: z.string().max(20), unitId: z.int(), current: z.boolean(), id: z.union([z.uuid(), z.array(z.uuid())]) },
      ['until', 'fromAt', 'rule'],
      ['until', 'ASC'],
    ),
    handle: async ({ uow, actor, query, reply }) => {
      const { rule, unitId, current, id } = query.filter;
      const by = { until: 'e.until', fromAt: 'e.from_at', rule: 'r.code' }[query.sort[0]] ?? 'e.until';
      const rows = await uow.sql<{ total: number }>(
        `SELECT ${columns}, count(*) OVER () AS total FROM ${joined}
         WHERE ($1::int[] IS NULL OR u.id = ANY($1)) AND ($2::text IS NULL OR r.code = $2) AND ($3::int IS NULL OR u.path @> ARRAY[$3::int])
           AND ($4::boolean IS NULL OR (e.ended_at IS NULL AND e.until > $5) = $4) AND ($6::uuid[] IS NULL OR e.id = ANY($6))
         ORDER BY ${by} ${query.sort[1]}, e.id LIMIT ${query.limit} OFFSET ${query.offset}`,
        [
          reachParameter(actor, 'exception.read'),
          rule ?? null,
          unitId ?? null,
          current ?? null,
          uow.now,
          id === undefined ? null : [id].flat(),
        ],
      );
      tellRange(reply, 'exceptions', query, rows.length, rows[0]?.total ?? 0);
      return rows.map(({ total: _total, ...row }) => row);
    },
  }),
  route({
    method: 'POST',
    path: '/api/exceptions',
    summary: { zh: '核准例外', en: 'Grant an exception' },
    action: 'exception.create',
    body: z.strictObject({
      rule: z.string().max(20),
      scope: z.enum(['subject', 'person', 'unit']),
      subjectNumber: lineInput(100, 0).nullable().default(null),
      personId: z.int().min(1).nullable().default(null),
      unitId: z.int().min(1).nullable().default(null),
      ownerId: z.int().min(1),
      reason: paragraphInput(500, 4),
      until: instantInput,
    }),
    handle: async ({ uow, actor, body, reply }) => {
      const rule = await ruleOf(uow, body.rule);
      const on = await scopeOf(uow, registry, rule.subject, body);
      checkReach(actor, 'exception.create', on.unit);
      refuseOwn(actor, body, on);
      if (body.until <= uow.now || body.until.getTime() - uow.now.getTime() > longest)
        throw wrong('until', '到期时间应在将来一年以内', 'It ends within the coming year');
      const [owner] = await uow.sql('SELECT 1 FROM person WHERE id = $1 AND disabled_at IS NULL', [body.ownerId]);
      if (!owner) throw wrong('ownerId', '没有这个人员', 'There is no such person');
      const id = newId(uow.now);
      await uow.sql(
        `INSERT INTO exception (id, rule_id, scope, subject_id, person_id, unit_id, owner_id, reason, from_at, until, granted_by, at_unit)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          id,
          rule.id,
          body.scope,
          on.subjectId,
          on.personId,
          on.unitId,
          body.ownerId,
          body.reason,
          uow.now,
          body.until,
          actor.personId,
          on.unit,
        ],
      );
      uow.log({
        action: 'exception.create',
        objectType: 'exception',
        objectId: id,
        changes: { ...body, ...on },
        reason: body.reason,
      });
      reply.status(201);
      return one(uow, id);
    },
  }),
  route({
    method: 'POST',
    path: '/api/exceptions/:id/end',
    summary: { zh: '提前终止例外', en: 'End an exception early' },
    action: 'exception.end',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: paragraphInput(500) }),
    handle: async ({ uow, actor, params, body }) => {
      const found = await one(uow, params.id, 'FOR UPDATE OF e');
      checkReach(actor, 'exception.end', found.atUnit);
      if (found.endedAt !== null || found.until <= uow.now)
        throw conflict('exception.over', { zh: '该例外已经终止', en: 'The exception is over' }, {});
      await uow.sql('UPDATE exception SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE id = $1', [
        params.id,
        uow.now,
        actor.personId,
        body.reason,
      ]);
      uow.log({ action: 'exception.end', objectType: 'exception', objectId: params.id, reason: body.reason });
      return one(uow, params.id);
    },
  }),
];

const wrong = (field: string, zh: string, en: string) =>
  badInput('exception.bad', { zh, en }, [{ path: `body.${field}`, zh, en }]);

async function one(
  uow: UnitOfWork,
  id: string,
  lock: '' | 'FOR UPDATE OF e' = '',
): Promise<{ atUnit: number; until: Date; endedAt: Date | null }> {
  const [row] = await uow.sql<{ atUnit: number; until: Date; endedAt: Date | null }>(
    `SELECT ${columns} FROM ${joined} WHERE e.id = $1 ${lock}`,
    [id],
  );
  if (!row) throw notFound();
  return row;
}

/** Nobody excuses himself or his own unit, nor answers for what he has granted: somebody else, or an office above, does. */
function refuseOwn(
  actor: Actor,
  { ownerId }: { ownerId: number },
  on: { personId: number | null; unitId: number | null },
): void {
  const isOwn =
    isSelf(actor, on.personId) || isSelf(actor, ownerId) || (on.unitId !== null && on.unitId === actor.unitId);
  if (isOwn)
    throw forbidden('exception.own', {
      zh: '不得为本人、本单位批准例外，也不得由批准人本人负责；请由其他有权人员或者上级办理',
      en: 'Nobody grants an exception to himself or his unit, nor owns what he grants: somebody else or an office above does',
    });
}

async function ruleOf(uow: UnitOfWork, code: string): Promise<{ id: number; subject: string }> {
  const [row] = await uow.sql<{ id: number; text: string }>(
    'SELECT r.id, v.text FROM rule r JOIN rule_version v ON v.rule_id = r.id WHERE r.code = $1 ORDER BY v.version DESC LIMIT 1',
    [code],
  );
  if (!row) throw wrong('rule', '没有这条规则', 'There is no such rule');
  return { id: row.id, subject: /^subject:\s*(\w+)/m.exec(row.text)?.[1] ?? '' };
}

/** What the exception holds for, and the unit by whose reach it is granted. */
async function scopeOf(
  uow: UnitOfWork,
  registry: Registry,
  subject: string,
  body: { scope: string; subjectNumber: string | null; personId: number | null; unitId: number | null },
): Promise<{ unit: number; subjectId: string | null; personId: number | null; unitId: number | null }> {
  const nothing = { subjectId: null, personId: null, unitId: null };
  if (body.scope === 'unit') {
    const [unit] = await uow.sql<{ id: number }>('SELECT id FROM unit WHERE id = $1', [body.unitId]);
    if (!unit) throw wrong('unitId', '请选择单位', 'Choose a unit');
    return { ...nothing, unit: unit.id, unitId: unit.id };
  }
  if (body.scope === 'person') {
    const [person] = await uow.sql<{ unit_id: number }>('SELECT unit_id FROM person WHERE id = $1', [body.personId]);
    if (!person) throw wrong('personId', '请选择人员', 'Choose a person');
    return { ...nothing, unit: person.unit_id, personId: body.personId };
  }
  const type = registry.get(subject);
  const [found] = await uow.sql<{ id: string; unit_id: number }>(
    `SELECT id, unit_id FROM ${quote(type.name)} WHERE number = $1`,
    [body.subjectNumber],
  );
  if (!found) throw wrong('subjectNumber', `没有这个编号的${type.label.zh}`, `No ${type.label.en} of this number`);
  return { ...nothing, unit: found.unit_id, subjectId: found.id };
}
