import { isBelow, readBudget, scoreboard } from '../figures/scoreboard.ts';
import { tell } from '../findings/notices.ts';
import { dayText, localDay } from '../kernel/calendar.ts';
import { defineJob } from '../kernel/job.ts';
import { percentOf } from '../kernel/percent.ts';
import { inUnitOfWork, type Runtime } from '../kernel/unit-of-work.ts';
import { systemActor } from '../rules/sweep.ts';

/** Tells the legal heads, once a month, which enacted rules are below the precision budget. @returns the rules */
export const proposeTrials = (runtime: Runtime): Promise<string[]> =>
  inUnitOfWork(
    runtime,
    systemActor,
    async (uow) => {
      const budget = await readBudget(uow);
      const below = (await scoreboard(uow, uow.now)).filter((score) => isBelow(score, budget));
      if (below.length === 0) return [];
      const enacted = await uow.sql<{ code: string; zh: string; en: string }>(
        `SELECT r.code, coalesce(f.title, r.code) AS zh, coalesce(f.title_en, r.code) AS en FROM rule r
         LEFT JOIN LATERAL (SELECT title, title_en FROM finding WHERE rule = r.code ORDER BY raised_at DESC LIMIT 1) f ON true
         WHERE r.code = ANY($1::text[]) AND EXISTS (SELECT FROM rule_version v WHERE v.rule_id = r.id AND v.state = 'enacted') ORDER BY r.code`,
        [below.map(({ rule }) => rule)],
      );
      const heads = await uow.sql<{ id: number }>(
        `SELECT DISTINCT p.id FROM post o JOIN person p ON p.id = o.person_id AND p.disabled_at IS NULL
         WHERE o.role = 'legal-head' AND o.from_at <= $1 AND (o.to_at IS NULL OR o.to_at > $1) ORDER BY 1`,
        [uow.now],
      );
      const month = dayText(localDay(uow.now)).slice(0, 7);
      const [first] = enacted;
      if (!first) return [];
      // one notice, however many rules: whoever gets twenty reads none
      const score = below.find(({ rule }) => rule === first.code);
      const [share, budgeted] = [percentOf(score?.precision ?? 0, 0), percentOf(budget.share, 0)];
      const one = enacted.length === 1;
      await tell(
        uow,
        heads.map(({ id }) => id),
        one
          ? {
              zh: `规则“${first.zh}”判定 ${score?.judged} 项，准确率 ${share}，低于 ${budgeted}，建议转为试运行，请决定`,
              en: `Rule “${first.en}”: ${share} of ${score?.judged} confirmed, below ${budgeted}: try it instead? Please decide`,
            }
          : {
              zh: `“${first.zh}”等 ${enacted.length} 条规则准确率低于 ${budgeted}，建议转为试运行，请逐条决定`,
              en: `“${first.en}” and ${enacted.length - 1} more rules are below ${budgeted}: try them instead? Please decide on each`,
            },
        one ? `/rules/${first.code}/show` : '/rule-scores',
        `precision ${one ? first.code : 'several'} ${month}`,
      );
      return enacted.map(({ code }) => code);
    },
    { as: 'engine' },
  );

/** 规则准确率: looked at every night; a person decides what follows. */
export const precisionJob = defineJob({
  name: 'precision',
  every: '15 4 * * *',
  run: async (runtime) => void (await proposeTrials(runtime)),
});
