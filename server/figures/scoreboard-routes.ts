import { z } from 'zod';
import { reachOf } from '../access/actor.ts';
import { checkOverAll } from '../access/reach.ts';
import { type Route, route } from '../kernel/route.ts';
import { asEngine } from '../kernel/unit-of-work.ts';
import type { RulesNow } from '../rules/rule-routes.ts';
import { isBelow, readBudget, scoreboard, writeBudget } from './scoreboard.ts';

/** 规则评分: how each rule did in the units that the reader sees: numbers, no names. Must stand before the routes of single rules. */
export const scoreboardRoutes = (rulesNow: RulesNow): Route[] => [
  route({
    method: 'GET',
    path: '/api/rules/scoreboard',
    summary: { zh: '规则评分', en: 'Scoreboard of rules' },
    action: 'rule.read',
    handle: async ({ uow, actor, reply }) => {
      const rules = new Map((await rulesNow(uow)).map((one) => [one.rule.code, one]));
      const budget = await readBudget(uow);
      // the numbers are those of the lists they open; whether a rule is good is a matter of all of them
      const { units } = reachOf(actor, 'finding.read');
      const all = await asEngine(uow, () => scoreboard(uow, uow.now));
      const scores = units === 'all' ? all : await asEngine(uow, () => scoreboard(uow, uow.now, units));
      reply.header('Content-Range', `rules 0-${Math.max(scores.length - 1, 0)}/${scores.length}`);
      return scores.map((score) => {
        const stored = rules.get(score.rule);
        const overall = all.find(({ rule }) => rule === score.rule) ?? score;
        return {
          ...score,
          title: stored?.rule.title ?? null,
          state: stored?.state ?? null,
          overall: { judged: overall.judged, precision: overall.precision },
          belowBudget: isBelow(overall, budget),
          /** 建议转为试运行: a person decides. */
          proposed: stored?.state === 'enacted' && isBelow(overall, budget),
        };
      });
    },
  }),
  route({
    method: 'GET',
    path: '/api/precision-budget',
    summary: { zh: '准确率预算', en: 'The precision budget' },
    action: 'rule.read',
    handle: ({ uow }) => readBudget(uow),
  }),
  route({
    method: 'PUT',
    path: '/api/precision-budget',
    summary: { zh: '设定准确率预算', en: 'Set the precision budget' },
    action: 'rule.enact',
    body: z.strictObject({ share: z.number().min(0).max(1), judged: z.int().min(1).max(10_000) }),
    handle: async ({ uow, body }) => {
      await checkOverAll(uow, 'rule.enact');
      const before = await readBudget(uow);
      await writeBudget(uow, body, uow.now);
      uow.log({ action: 'rule.precision_budget', objectType: 'setting', changes: { before, after: body } });
      return body;
    },
  }),
];
