import { z } from 'zod';
import { checkReach, reachParameter } from '../access/reach.ts';
import { shownZone } from '../kernel/calendar.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import { asEngine } from '../kernel/unit-of-work.ts';
import { verdicts } from '../rules/rule.ts';
import type { Registry } from '../subjects/registry.ts';
import { type Broken, raiseListed } from './raise.ts';

const key = z.strictObject({ rule: z.string().max(20), subjectId: z.uuid(), occurrence: z.uuid() });

/** What the duty behind a listed hit is now: late or overdue still (rules/rule.ts). */
const stillBroken = `EXISTS (SELECT FROM obligation o WHERE o.rule_id = w.rule_id AND o.subject_id = w.subject_id AND o.occurrence = w.occurrence AND NOT o.trial AND o.verdict IN (${verdicts.late}, ${verdicts.overdue}))`;

/** 周清单: flaws over the daily cap, by week; a person takes one up as a finding of its own. */
export const weeklyRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/weekly',
    summary: { zh: '周清单', en: 'Weekly list of flaws' },
    action: 'weekly.read',
    handle: ({ uow, actor }) =>
      uow.sql(
        `SELECT r.code || w.subject_id || w.occurrence AS id, r.code AS "rule", w.subject_type AS "subjectType", w.subject_id AS "subjectId", w.occurrence, u.name AS "unitName", w.sentence, w.at, w.finding_id AS "findingId", w.finding_id IS NULL AND NOT ${stillBroken} AS healed,
           date_trunc('week', w.at AT TIME ZONE '${shownZone}')::date::text AS week
         FROM weekly_hit w JOIN rule r ON r.id = w.rule_id JOIN unit u ON u.id = w.unit_id
         WHERE $1::int[] IS NULL OR w.unit_id = ANY($1) ORDER BY w.at DESC, w.subject_id LIMIT 500`,
        [reachParameter(actor, 'weekly.read')],
      ),
  }),
  route({
    method: 'POST',
    path: '/api/weekly/take',
    costly: true,
    summary: { zh: '转为疑似问题', en: 'Take up as a finding' },
    action: 'weekly.take',
    body: key,
    handle: async ({ uow, actor, body }) => {
      const [row] = await uow.sql<{
        rule_id: number;
        unit_id: number;
        finding_id: string | null;
        healed: boolean;
        hit: Record<string, unknown>;
      }>(
        `SELECT w.rule_id, w.unit_id, w.finding_id, w.hit, NOT ${stillBroken} AS healed FROM weekly_hit w JOIN rule r ON r.id = w.rule_id WHERE r.code = $1 AND w.subject_id = $2 AND w.occurrence = $3`,
        [body.rule, body.subjectId, body.occurrence],
      );
      if (!row) throw notFound();
      checkReach(actor, 'weekly.take', row.unit_id);
      if (row.finding_id) throw conflict('weekly.taken', { zh: '已转为疑似问题', en: 'It is a finding already' }, {});
      if (row.healed)
        throw conflict(
          'weekly.healed',
          { zh: '该事项已按期办结或者已更正，不再是问题', en: 'It was done or corrected: nothing is broken any more' },
          {},
        );
      const [finding] = await asEngine(uow, () => raiseListed(uow, registry, [asBroken(row.hit)]));
      if (!finding)
        throw conflict(
          'weekly.covered',
          { zh: '该问题已有例外或者已并入其他问题', en: 'It is excused or covered' },
          {},
        );
      await uow.sql(
        'UPDATE weekly_hit SET finding_id = $4 WHERE rule_id = $1 AND subject_id = $2 AND occurrence = $3',
        [row.rule_id, body.subjectId, body.occurrence, finding],
      );
      uow.log({ action: 'weekly.take', objectType: 'finding', objectId: finding, changes: body });
      return { findingId: finding };
    },
  }),
];

/** The hit as it was found; JSON made texts of its instants. */
function asBroken(hit: Record<string, unknown>): Broken {
  const instant = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);
  return {
    ...(hit as unknown as Broken),
    openedAt: instant(hit['openedAt']) ?? new Date(0),
    dueAt: instant(hit['dueAt']),
    metAt: instant(hit['metAt']),
  };
}
