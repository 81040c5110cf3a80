import { z } from 'zod';
import { notFound } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { StoredRule } from './catalogue-store.ts';
import { severities, verdicts } from './rule.ts';

/** 监督规则: every rule with its law, parameters, versions and examples. */
export const ruleRoutes = (rules: readonly StoredRule[]): Route[] => [
  route({
    method: 'GET',
    path: '/api/rules',
    summary: { zh: '监督规则', en: 'Supervision rules' },
    action: 'rule.read',
    query: z.strictObject({ range: z.string().optional(), sort: z.string().optional(), filter: z.string().optional() }),
    handle: async ({ reply }) => {
      const shown = newest(rules);
      reply.header('Content-Range', `rules 0-${Math.max(shown.length - 1, 0)}/${shown.length}`);
      return shown.map(cardOf);
    },
  }),
  route({
    method: 'GET',
    path: '/api/rules/:code',
    summary: { zh: '一条监督规则', en: 'One supervision rule' },
    action: 'rule.read',
    params: z.strictObject({ code: z.string().max(20) }),
    handle: async ({ uow, params }) => {
      const versions = rules
        .filter(({ rule }) => rule.code === params.code)
        .sort((a, b) => b.rule.version - a.rule.version);
      const [current] = versions;
      if (!current) throw notFound();
      return {
        ...cardOf(current),
        says: current.rule.says,
        needs: current.rule.needs,
        absorbs: current.rule.absorbs,
        examples: current.rule.examples.map(({ it, gives }) => ({ it, gives })),
        versions: versions.map((one) => ({
          version: one.rule.version,
          state: one.state,
          ...one.rule.inForce,
          goLive: one.goLive,
          title: one.rule.title,
          basis: one.rule.basis,
        })),
        params: await paramsOf(uow, params.code),
        counts: await countsOf(uow, current.id),
        text: await textOf(uow, current.versionId),
      };
    },
  }),
];

/** The version that a reader means: the newest of each rule. */
const newest = (rules: readonly StoredRule[]): StoredRule[] => {
  const byCode = new Map<string, StoredRule>();
  for (const one of rules)
    if ((byCode.get(one.rule.code)?.rule.version ?? 0) < one.rule.version) byCode.set(one.rule.code, one);
  return [...byCode.values()].sort((a, b) => (a.rule.code < b.rule.code ? -1 : 1));
};

const severityNames = Object.keys(severities);

const cardOf = ({ rule, state, goLive }: StoredRule) => ({
  id: rule.code,
  code: rule.code,
  version: rule.version,
  title: rule.title,
  subject: rule.subject,
  severity: severityNames[rule.severity - 1] ?? 'ordinary',
  state,
  goLive,
  basis: rule.basis,
  note: rule.note ?? null,
  inForce: rule.inForce,
});

const paramsOf = (uow: UnitOfWork, code: string) =>
  uow.sql(
    `SELECT p.name, p.key, p.amount, p.unit, u.short AS "unitName", p.from_on::text AS "fromOn", p.to_on::text AS "toOn"
     FROM rule_param p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.rule_code = $1 ORDER BY p.name, u.path NULLS FIRST, p.from_on, p.amount, p.key`,
    [code],
  );

/** Duties by verdict in the whole bureau: numbers, no names. */
async function countsOf(uow: UnitOfWork, ruleId: number): Promise<Record<string, number>> {
  const rows = await uow.sql<{ verdict: number; n: number }>(
    'SELECT verdict, count(*) AS n FROM obligation WHERE rule_id = $1 GROUP BY verdict',
    [ruleId],
  );
  return Object.fromEntries(
    Object.entries(verdicts).map(([name, code]) => [name, rows.find((row) => row.verdict === code)?.n ?? 0]),
  );
}

async function textOf(uow: UnitOfWork, versionId: number): Promise<string | null> {
  const [row] = await uow.sql<{ text: string }>('SELECT text FROM rule_version WHERE id = $1', [versionId]);
  return row?.text ?? null;
}
