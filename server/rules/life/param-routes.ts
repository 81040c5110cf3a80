import { z } from 'zod';
import { reachOf } from '../../access/actor.ts';
import { checkReach } from '../../access/reach.ts';
import { dayText, localDay } from '../../kernel/calendar.ts';
import { badInput, conflict, forbidden, notFound, refusal } from '../../kernel/errors.ts';
import { type Route, route } from '../../kernel/route.ts';
import { paragraphInput } from '../../kernel/text.ts';
import type { Actor, UnitOfWork } from '../../kernel/unit-of-work.ts';
import type { Registry } from '../../subjects/registry.ts';
import { writeParam } from '../params.ts';
import type { ParamDeclaration } from '../rule.ts';
import type { RulesNow } from '../rule-routes.ts';
import { changeRules } from '../rule-set.ts';
import { judgeAnew } from './acts.ts';

const byCode = z.strictObject({ code: z.string().max(20) });
const unitId = z.int().min(1).max(2_147_483_647);
const day = z.iso.date();
const reason = paragraphInput(500);
const which = { name: z.string().max(40), key: z.string().max(60).default(''), unitId: unitId.nullable() };

/** 参数: numbers of a rule for the bureau or a unit, from a date on; whoever sets one says why. */
export const paramRoutes = (registry: Registry, rulesNow: RulesNow): Route[] => [
  route({
    method: 'POST',
    path: '/api/rules/:code/params',
    summary: { zh: '设定规则参数', en: 'Set a parameter of a rule' },
    action: 'rule.param',
    about: ({ params }) => ({ type: 'rule', id: params.code }),
    params: byCode,
    body: z.strictObject({ ...which, amount: z.number(), from: day, to: day.nullable().default(null), reason }),
    handle: async ({ uow, actor, params, body, reply }) => {
      await changeRules(uow);
      const rule = await declaredBy(uow, rulesNow, params.code);
      checkUnit(actor, body.unitId);
      checkDates(uow, rule.isEnacted, body);
      await writeParam(uow, rule.params, { ...body, rule: params.code });
      await told(uow, registry, params.code, rule.subject, 'rule.param', body);
      reply.status(201);
      return { code: params.code };
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/:code/params/end',
    summary: { zh: '终止规则参数', en: 'End a parameter of a rule' },
    action: 'rule.param',
    about: ({ params }) => ({ type: 'rule', id: params.code }),
    params: byCode,
    body: z.strictObject({ ...which, unitId, from: day, to: day, reason }),
    handle: async ({ uow, actor, params, body }) => {
      await changeRules(uow);
      const rule = await declaredBy(uow, rulesNow, params.code);
      checkUnit(actor, body.unitId);
      checkDates(uow, rule.isEnacted, { from: body.to, to: null });
      const rows = await uow.sql(
        `UPDATE rule_param SET to_on = $6 WHERE rule_code = $1 AND name = $2 AND key = $3 AND unit_id = $4 AND from_on = $5 AND from_on < $6 AND (to_on IS NULL OR to_on > $6) RETURNING 1`,
        [params.code, body.name, body.key, body.unitId, body.from, body.to],
      );
      if (rows.length === 0) throw notFound();
      await told(uow, registry, params.code, rule.subject, 'rule.end_param', body);
      return { code: params.code };
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/:code/params/copy',
    summary: { zh: '把参数复制到其他单位', en: 'Copy parameters to other units' },
    action: 'rule.param',
    about: ({ params }) => ({ type: 'rule', id: params.code }),
    params: byCode,
    body: z.strictObject({ unitId, to: z.array(unitId).min(1).max(200), from: day, reason }),
    handle: async ({ uow, actor, params, body }) => {
      await changeRules(uow);
      const rule = await declaredBy(uow, rulesNow, params.code);
      for (const unit of [body.unitId, ...body.to]) checkUnit(actor, unit);
      checkDates(uow, rule.isEnacted, { from: body.from, to: null });
      const own = await uow.sql<{ name: string; key: string; amount: number }>(
        `SELECT DISTINCT ON (name, key) name, key, amount FROM rule_param
         WHERE rule_code = $1 AND unit_id = $2 AND from_on <= $3 AND (to_on IS NULL OR to_on > $3) ORDER BY name, key, from_on DESC`,
        [params.code, body.unitId, body.from],
      );
      if (own.length === 0)
        throw badInput('rule.no-own-parameters', {
          zh: '该单位在此日期没有自己的参数，无可复制',
          en: 'The unit has no parameters of its own on that day',
        });
      for (const unit of body.to.filter((one) => one !== body.unitId))
        for (const one of own)
          await writeParam(uow, rule.params, {
            ...one,
            amount: Number(one.amount),
            rule: params.code,
            unitId: unit,
            from: body.from,
            to: null,
            reason: body.reason,
          });
      await told(uow, registry, params.code, rule.subject, 'rule.copy_params', body);
      return { code: params.code, copied: own.length };
    },
  }),
];

/** What the versions that are judged by declare; changing them concerns every unit that owes. */
async function declaredBy(
  uow: UnitOfWork,
  rulesNow: RulesNow,
  code: string,
): Promise<{ subject: string; params: ParamDeclaration[]; isEnacted: boolean }> {
  const rules = (await rulesNow(uow)).filter(({ rule, state }) => rule.code === code && state !== 'repealed');
  const [first] = rules;
  if (!first) throw notFound();
  return {
    subject: first.rule.subject,
    params: rules.flatMap(({ rule }) => rule.params),
    isEnacted: rules.some(({ state }) => state === 'enacted'),
  };
}

/** One's own units; what holds for everybody is set by whoever is over everybody. */
function checkUnit(actor: Actor, unit: number | null): void {
  if (unit !== null) checkReach(actor, 'rule.param', unit);
  else if (reachOf(actor, 'rule.param').units !== 'all')
    throw forbidden('rule.param-for-all', {
      zh: '全市统一的参数由市局法制部门设定；请选择本局或者所属单位',
      en: 'A parameter for everybody is set by the city’s legal office: choose a unit of yours',
    });
}

/** A number that counts is never changed for the past: what was judged by it stays. */
function checkDates(uow: UnitOfWork, isEnacted: boolean, { from, to }: { from: string; to: string | null }): void {
  if (to !== null && to <= from)
    throw badInput('rule.param-dates', { zh: '终止日期应晚于起始日期', en: 'It ends before it begins' }, [
      { path: 'to', zh: '应晚于起始日期', en: 'after the beginning' },
    ]);
  if (isEnacted && from < dayText(localDay(uow.now)))
    throw refusal(
      conflict('rule.param-in-the-past', {
        zh: '规则已启用，参数只能自今日或者以后起变更；此前已按原参数判定',
        en: 'The rule is in force: its numbers change from today on, never for the past',
      }),
    );
}

async function told(
  uow: UnitOfWork,
  registry: Registry,
  code: string,
  subject: string,
  action: string,
  { reason, ...changes }: { reason: string } & Record<string, unknown>,
): Promise<void> {
  uow.log({ action, objectType: 'rule', objectId: code, changes, reason });
  await judgeAnew(uow, registry, subject, `parameters of ${code}`);
}
