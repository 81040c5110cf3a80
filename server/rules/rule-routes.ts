import { z } from 'zod';
import type { Tx } from '../kernel/database.ts';
import { notFound } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import type { StoredRule } from './catalogue-store.ts';
import { seen, seesLife } from './life/routes.ts';
import { versionsOf } from './life/version.ts';
import { severities, verdicts } from './rule.ts';

/** The rules as they stand for this transaction. */
export type RulesNow = (tx: Tx) => Promise<readonly StoredRule[]>;

/** 监督规则: every rule with its law, parameters, versions and examples. */
export const ruleRoutes = (rulesNow: RulesNow): Route[] => [
  route({
    method: 'GET',
    path: '/api/rules',
    summary: { zh: '监督规则', en: 'Supervision rules' },
    action: 'rule.read',
    query: z.strictObject({ range: z.string().optional(), sort: z.string().optional(), filter: z.string().optional() }),
    handle: async ({ uow, actor, reply }) => {
      const isLegal = seesLife(actor);
      const rules = (await rulesNow(uow)).filter(isOwn);
      const shown = standing(rules.filter(({ state }) => isLegal || state !== 'draft'));
      const drafts = isLegal ? await draftsOf(uow) : [];
      reply.header('Content-Range', `rules 0-${Math.max(shown.length - 1, 0)}/${shown.length}`);
      const known = new Set(shown.map(({ rule }) => rule.code));
      return [
        ...shown.map((one) => ({
          ...cardOf(one),
          drafts: drafts.filter(({ code }) => code === one.rule.code).map(({ version, state }) => ({ version, state })),
        })),
        // what does not compile yet has a code and nothing else
        ...drafts
          .filter(({ code }, i) => !known.has(code) && drafts.findIndex((one) => one.code === code) === i)
          .map(bare),
      ];
    },
  }),
  route({
    method: 'GET',
    path: '/api/rules/:code',
    summary: { zh: '一条监督规则', en: 'One supervision rule' },
    action: 'rule.read',
    params: z.strictObject({ code: z.string().max(20) }),
    handle: async ({ uow, actor, params }) => {
      const isLegal = seesLife(actor);
      const all = await rulesNow(uow);
      const rules = all.filter(({ rule }) => rule.code === params.code);
      const versions = (await versionsOf(uow, params.code)).filter(({ state }) => isLegal || state !== 'draft');
      const current = standing(rules.filter(({ state }) => isLegal || state !== 'draft'))[0];
      const life = versions.map((version) => {
        const compiled = all.find(({ versionId }) => versionId === version.id)?.rule;
        const { text: _text, sql: _sql, ...shown } = seen(actor, version);
        return {
          ...shown,
          acts: isLegal ? shown.acts : [],
          title: compiled?.title ?? null,
          basis: compiled?.basis ?? [],
        };
      });
      if (!current) {
        const [draft] = versions;
        if (!draft) throw notFound();
        return { ...bare(draft), versions: life, params: [], counts: null, text: draft.text };
      }
      const { rule } = current;
      return {
        ...cardOf(current),
        says: rule.says,
        needs: rule.needs,
        absorbs: rule.absorbs,
        examples: rule.examples.map(({ it, gives }) => ({ it, gives })),
        declared: rule.params,
        versions: life,
        params: await paramsOf(uow, params.code),
        counts: await countsOf(uow, current.id),
        text: versions.find(({ id }) => id === current.versionId)?.text ?? null,
      };
    },
  }),
];

/** What is tried beside another version stands under a shadow of its code, and is told on the card of the rule. */
const isOwn = ({ rule }: StoredRule): boolean => !rule.code.includes('~');

const rank: Record<StoredRule['state'], number> = { enacted: 3, trial: 2, repealed: 1, draft: 0 };

/** The version that a reader means: of each rule the newest that is in force, else on trial, else whatever there is. */
function standing(rules: readonly StoredRule[]): StoredRule[] {
  const byCode = new Map<string, StoredRule>();
  for (const one of rules) {
    const known = byCode.get(one.rule.code);
    const ahead = known ? rank[one.state] - rank[known.state] || one.rule.version - known.rule.version : 1;
    if (ahead > 0) byCode.set(one.rule.code, one);
  }
  return [...byCode.values()].sort((a, b) => (a.rule.code < b.rule.code ? -1 : 1));
}

const severityNames = Object.keys(severities);

const cardOf = ({ rule, state, goLive, source, endsOn }: StoredRule) => ({
  id: rule.code,
  code: rule.code,
  version: rule.version,
  title: rule.title,
  subject: rule.subject,
  severity: severityNames[rule.severity - 1] ?? 'ordinary',
  state,
  source,
  goLive,
  endsOn,
  basis: rule.basis,
  note: rule.note ?? null,
  inForce: rule.inForce,
});

interface Draft {
  code: string;
  version: number;
  state: string;
}

/** A draft that does not compile: its code, and that it is one. */
const bare = ({ code, version, state }: Draft) => ({
  id: code,
  code,
  version,
  title: { zh: `${code}（草稿）`, en: `${code} (draft)` },
  subject: '',
  severity: 'ordinary',
  state,
  source: 'office',
  goLive: null,
  endsOn: null,
  basis: [],
  note: null,
  inForce: null,
  drafts: [{ version, state }],
});

const draftsOf = (uow: UnitOfWork): Promise<Draft[]> =>
  uow.sql<Draft>(
    `SELECT r.code, v.version, v.state FROM rule_version v JOIN rule r ON r.id = v.rule_id
     WHERE v.state = 'draft' OR (v.state = 'trial' AND v.tried_as IS NOT NULL) ORDER BY r.code, v.version DESC`,
  );

const paramsOf = (uow: UnitOfWork, code: string) =>
  uow.sql(
    `SELECT p.name, p.key, p.amount, p.unit, p.unit_id AS "unitId", u.short AS "unitName", p.from_on::text AS "fromOn", p.to_on::text AS "toOn", s.name AS "setBy", p.set_at AS "setAt", p.reason
     FROM rule_param p LEFT JOIN unit u ON u.id = p.unit_id LEFT JOIN person s ON s.id = p.set_by WHERE p.rule_code = $1 ORDER BY p.name, u.path NULLS FIRST, p.from_on, p.amount, p.key`,
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
