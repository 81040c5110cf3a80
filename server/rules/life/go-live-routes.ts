import { z } from 'zod';
import { checkReach } from '../../access/reach.ts';
import { dayText, localDay } from '../../kernel/calendar.ts';
import { conflict, notFound, refusal } from '../../kernel/errors.ts';
import { type Route, route } from '../../kernel/route.ts';
import { paragraphInput } from '../../kernel/text.ts';
import type { Registry } from '../../subjects/registry.ts';
import { setGoLive } from '../catalogue-store.ts';
import type { RulesNow } from '../rule-routes.ts';
import { judgeAnew } from './acts.ts';

/** 起算日 of single units: where a station begins later than the others, its duties are judged as on trial until then. */
export const goLiveRoutes = (registry: Registry, rulesNow: RulesNow): Route[] => [
  route({
    method: 'GET',
    path: '/api/rules/:code/go-live',
    summary: { zh: '各单位的起算日', en: 'Go-live dates of units' },
    action: 'rule.read',
    params: z.strictObject({ code: z.string().max(20) }),
    handle: ({ uow, params }) =>
      uow.sql(
        `SELECT g.unit_id AS "unitId", u.name AS unit, g.from_on::text AS "from" FROM go_live g JOIN rule r ON r.id = g.rule_id JOIN unit u ON u.id = g.unit_id
         WHERE r.code = $1 ORDER BY u.path`,
        [params.code],
      ),
  }),
  route({
    method: 'PUT',
    path: '/api/rules/:code/go-live',
    summary: { zh: '设定单位的起算日', en: 'Set the go-live date of a unit' },
    action: 'rule.enact',
    about: ({ params }) => ({ type: 'rule', id: params.code }),
    params: z.strictObject({ code: z.string().max(20) }),
    body: z.strictObject({
      unitId: z.int().min(1).max(2_147_483_647),
      from: z.iso.date().nullable(),
      reason: paragraphInput(500),
    }),
    handle: async ({ uow, actor, params, body }) => {
      checkReach(actor, 'rule.enact', body.unitId);
      const today = dayText(localDay(uow.now));
      const [before] = await uow.sql<{ from: string }>(
        `SELECT g.from_on::text AS "from" FROM go_live g JOIN rule r ON r.id = g.rule_id WHERE r.code = $1 AND g.unit_id = $2`,
        [params.code, body.unitId],
      );
      const stored = (await rulesNow(uow)).filter((one) => one.rule.code === params.code);
      const [rule] = stored.map((one) => one.rule);
      if (!rule) throw notFound();
      // what has counted for a unit goes on counting
      const hasBegun = before
        ? before.from < today
        : stored.some(({ state, goLive }) => state === 'enacted' && (goLive ?? '') < today);
      if ((body.from ?? today) < today || hasBegun)
        throw refusal(
          conflict('rule.go-live-in-the-past', {
            zh: '起算日不得早于今日；已经起算的单位不再改动',
            en: 'A go-live date lies ahead; a unit that has begun stays so',
          }),
        );
      await setGoLive(uow, params.code, body.unitId, body.from);
      const { reason, ...changes } = body;
      uow.log({ action: 'rule.go_live', objectType: 'rule', objectId: params.code, changes, reason });
      await judgeAnew(uow, registry, rule.subject, `go-live of ${params.code}`);
      return { code: params.code };
    },
  }),
];
