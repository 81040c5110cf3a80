import { z } from 'zod';
import { reachOf } from '../access/actor.ts';
import { forbidden, type Text } from '../kernel/errors.ts';
import { type Route, route } from '../kernel/route.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import type { StoredRule } from '../rules/catalogue-store.ts';
import { type Severity, severities, type Verdict, verdicts } from '../rules/rule.ts';
import type { RulesNow } from '../rules/rule-routes.ts';
import { quote } from '../subjects/ddl.ts';
import { columnOf, type Registry } from '../subjects/registry.ts';
import { type RateQuery, rates } from './rates.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const span = {
  from: month,
  to: month,
  unit: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  rule: z.string().max(20).optional(),
};
const sides = ['month', 'unit', 'rule'] as const;
const by = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(sides)));
const verdictNames = Object.keys(verdicts) as (keyof typeof verdicts)[];
const severityNames = Object.keys(severities) as (keyof typeof severities)[];
const several = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(verdictNames)));
const range = z
  .string()
  .default('[0,24]')
  .transform((text, context) => {
    const parts = /^\[(\d{1,7}),(\d{1,7})\]$/.exec(text);
    const [from, to] = [Number(parts?.[1]), Number(parts?.[2])];
    if (parts && to >= from && to - from < 1000) return { offset: from, limit: to - from + 1 };
    context.addIssue({ code: 'custom', message: '[0,24]' });
    return z.NEVER;
  });

/** 执法质量: rates over their denominators, and the duties behind every number. */
export const rateRoutes = (registry: Registry, rulesNow: RulesNow): Route[] => [
  route({
    method: 'GET',
    path: '/api/figures/rates',
    summary: { zh: '按期办结率', en: 'Rates of duties done on time' },
    action: 'finding.read',
    query: z.strictObject({ ...span, by }),
    handle: async ({ uow, actor, query }) => {
      const found = await rates(uow, { ...queryOf(actor, query), by: query.by });
      const units = await namesOf(
        uow,
        found.flatMap((one) => one.unitId ?? []),
      );
      const titles = titlesOf(await rulesNow(uow));
      return found.map((one) => ({
        ...one,
        unit: one.unitId === null ? null : (units.get(one.unitId) ?? null),
        title: one.rule === null ? null : (titles.get(one.rule) ?? null),
      }));
    },
  }),
  route({
    method: 'GET',
    path: '/api/figures/rates/duties',
    summary: { zh: '数字对应的应办事项', en: 'The duties behind a number' },
    action: 'finding.read',
    query: z.strictObject({
      ...span,
      from: month.optional(),
      to: month.optional(),
      verdict: several.optional(),
      due: z.enum(['today']).optional(),
      range,
    }),
    handle: async ({ uow, query, reply }) => {
      const { rows, total } = await readDuties(uow, registry, titlesOf(await rulesNow(uow)), query);
      const { offset } = query.range;
      reply.header('Content-Range', `duties ${offset}-${offset + Math.max(rows.length - 1, 0)}/${total}`);
      return rows;
    },
  }),
];

type Asked = {
  from?: string | undefined;
  to?: string | undefined;
  unit?: number | undefined;
  rule?: string | undefined;
};

/** @throws Problem 403 where the actor sees no whole unit, or not this one */
function unitsOf(actor: Actor, unit: number | undefined): readonly number[] | null {
  const { units } = reachOf(actor, 'finding.read');
  if (units === 'all') return null;
  if (units.length === 0 || (unit !== undefined && !units.includes(unit))) {
    throw forbidden('figures.not-your-unit', {
      zh: '您不能查看该单位的汇总',
      en: 'You may not see this unit as a whole',
    });
  }
  return units;
}

const queryOf = (
  actor: Actor,
  { from, to, unit, rule }: Asked & { from: string; to: string },
): Omit<RateQuery, 'by'> => {
  const units = unitsOf(actor, unit);
  return { from, to, unitId: unit ?? null, ...(units ? { units } : {}), ...(rule ? { rules: [rule] } : {}) };
};

interface DutyRow {
  rule: string;
  title: Text;
  type: string;
  id: string;
  number: string | null;
  occurrence: string;
  unit: string | null;
  person: string | null;
  openedAt: Date;
  dueAt: Date | null;
  metAt: Date | null;
  verdict: string;
  severity: string;
}

interface DutyQuery extends Asked {
  verdict?: (keyof typeof verdicts)[] | undefined;
  due?: 'today' | undefined;
  range: { offset: number; limit: number };
}

async function readDuties(
  uow: UnitOfWork,
  registry: Registry,
  titles: Map<string, Text>,
  query: DutyQuery,
): Promise<{ rows: DutyRow[]; total: number }> {
  const units = unitsOf(uow.actor, query.unit);
  const dueDay = `local_day(coalesce(o.due_at, o.opened_at))`;
  const rows = await uow.sql<
    Omit<DutyRow, 'verdict' | 'severity' | 'title' | 'type' | 'number'> & {
      verdict: Verdict;
      severity: Severity;
      subject_type: number;
      total: number;
    }
  >(
    `SELECT r.code AS rule, o.subject_type, o.subject_id AS id, o.occurrence, u.short AS unit, p.name AS person, o.opened_at AS "openedAt", o.due_at AS "dueAt", o.met_at AS "metAt",
       o.verdict, o.severity, count(*) OVER () AS total
     FROM obligation o JOIN rule r ON r.id = o.rule_id LEFT JOIN unit u ON u.id = o.unit_id LEFT JOIN person p ON p.id = o.person_id
     WHERE NOT o.trial AND ($8 OR r.code NOT LIKE 'FND-%')
       AND ($1::date IS NULL OR ${dueDay} >= $1) AND ($2::date IS NULL OR ${dueDay} < ($2::date + interval '1 month')::date)
       AND ($3::int IS NULL OR u.path @> ARRAY[$3]) AND ($4::int[] IS NULL OR o.unit_id = ANY($4))
       AND ($5::text IS NULL OR r.code = $5) AND ($6::smallint[] IS NULL OR o.verdict = ANY($6))
       AND ($7::timestamptz IS NULL OR ${dueDay} <= local_day($7))
     ORDER BY o.due_at NULLS LAST, o.subject_id, r.code OFFSET $9 LIMIT $10`,
    [
      query.from ? `${query.from}-01` : null,
      query.to ? `${query.to}-01` : null,
      query.unit ?? null,
      units,
      query.rule ?? null,
      query.verdict?.map((name) => verdicts[name]) ?? null,
      query.due === 'today' ? uow.now : null,
      query.rule?.startsWith('FND-') ?? false,
      query.range.offset,
      query.range.limit,
    ],
  );
  const numbers = await numbersOf(uow, registry, rows);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _, subject_type, ...row }) => ({
      ...row,
      title: titles.get(row.rule) ?? { zh: row.rule, en: row.rule },
      type: registry.coded(subject_type).name,
      number: numbers.get(row.id) ?? null,
      verdict: verdictNames[row.verdict - 1] ?? 'pending',
      severity: severityNames[row.severity - 1] ?? 'ordinary',
    })),
  };
}

/** The numbers by which people call the subjects; what the reader may not see of a subject stays unnamed. */
async function numbersOf(
  uow: UnitOfWork,
  registry: Registry,
  rows: readonly { subject_type: number; id: string }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const code of new Set(rows.map((row) => row.subject_type))) {
    const type = registry.coded(code);
    const fact = type.facts[type.number];
    if (!fact) continue;
    const ids = rows.filter((row) => row.subject_type === code).map((row) => row.id);
    for (const row of await uow.sql<{ id: string; number: string | null }>(
      `SELECT id, ${quote(columnOf(type.number, fact))} AS number FROM ${quote(type.name)} WHERE id = ANY($1::uuid[])`,
      [ids],
    )) {
      if (row.number) found.set(row.id, row.number);
    }
  }
  return found;
}

async function namesOf(uow: UnitOfWork, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await uow.sql<{ id: number; short: string }>('SELECT id, short FROM unit WHERE id = ANY($1::int[])', [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, row.short]));
}

/** Titles by rule, of the newest version. */
const titlesOf = (rules: readonly StoredRule[]): Map<string, Text> =>
  new Map([...rules].sort((a, b) => a.rule.version - b.rule.version).map(({ rule }) => [rule.code, rule.title]));
