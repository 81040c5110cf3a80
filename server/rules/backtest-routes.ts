import { z } from 'zod';
import { reachOf } from '../access/actor.ts';
import { badInput, forbidden, notFound } from '../kernel/errors.ts';
import { Content, type Route, route } from '../kernel/route.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import type { Registry } from '../subjects/registry.ts';
import { type BacktestRun, changeRun, readRun, runColumns, startBacktest } from './backtest.ts';
import { csvOf } from './backtest-csv.ts';
import { readBacktest, readBroken, summaryOf } from './backtest-read.ts';

const day = z.iso.date();
const byId = z.strictObject({ id: z.uuid() });
const unit = z.int().min(1).max(2_147_483_647);
const list = z.enum(['broken', 'newly', 'gone']);
const range = z
  .string()
  .default('[0,49]')
  .transform((text, context) => {
    const parts = /^\[(\d{1,7}),(\d{1,7})\]$/.exec(text);
    const [from, to] = [Number(parts?.[1]), Number(parts?.[2])];
    if (parts && to >= from && to - from < 1000) return { offset: from, limit: to - from + 1 };
    context.addIssue({ code: 'custom', message: '[0,49]' });
    return z.NEVER;
  });

/** 历史回测: what a rule would have said of a period, for the legal office. */
export const backtestRoutes = (registry: Registry): Route[] => [
  route({
    method: 'POST',
    path: '/api/backtests',
    costly: true,
    summary: { zh: '开始历史回测', en: 'Start a back-test' },
    action: 'rule.backtest',
    body: z.strictObject({
      /** The rule as written, or … */
      text: z.string().min(1).max(100_000).optional(),
      /** … a stored version. */
      code: z.string().max(20).optional(),
      version: z.int().min(1).max(32_767).optional(),
      from: day,
      to: day,
      units: z.array(unit).max(500).optional(),
    }),
    handle: async ({ uow, body, reply }) => {
      const { from, to, units } = body;
      const source = await sourceOf(uow, body);
      const asked = withinReach(uow.actor, units);
      const id = await startBacktest(uow, registry, { ...source, from, to, ...(asked && { units: asked }) });
      reply.status(201);
      return summaryOf(await readRun(uow, id));
    },
  }),
  route({
    method: 'GET',
    path: '/api/backtests',
    summary: { zh: '历史回测列表', en: 'Back-tests' },
    action: 'rule.backtest',
    query: z.strictObject({ range, code: z.string().max(20).optional() }),
    handle: async ({ uow, query, reply }) => {
      const rows = await uow.sql<BacktestRun & { n: number }>(
        `SELECT ${runColumns}, count(*) OVER () AS n FROM backtest WHERE ($1::text IS NULL OR code = $1) AND ($4::int[] IS NULL OR unit_ids <@ $4)
         ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT $3`,
        [query.code ?? null, query.range.offset, query.range.limit, reachIn(uow.actor)],
      );
      tell(reply.header, 'backtests', query.range.offset, rows.length, rows[0]?.n ?? 0);
      return rows.map(summaryOf);
    },
  }),
  route({
    method: 'GET',
    path: '/api/backtests/:id',
    summary: { zh: '一次历史回测', en: 'One back-test' },
    action: 'rule.backtest',
    params: byId,
    handle: async ({ uow, params }) => {
      await seen(uow, params.id);
      return readBacktest(uow, params.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/backtests/:id/duties',
    summary: { zh: '回测数字对应的事项', en: 'The duties behind a number of a back-test' },
    action: 'rule.backtest',
    params: byId,
    query: z.strictObject({ list: list.default('broken'), range }),
    handle: async ({ uow, params, query, reply }) => {
      await seen(uow, params.id);
      const { rows, total, type } = await readBroken(uow, registry, params.id, query.list, query.range);
      tell(reply.header, 'duties', query.range.offset, rows.length, total);
      return rows.map((row) => ({ ...row, type }));
    },
  }),
  route({
    method: 'GET',
    path: '/api/backtests/:id/export',
    costly: true,
    summary: { zh: '导出回测结果', en: 'A back-test as CSV' },
    action: 'rule.backtest',
    params: byId,
    handle: async ({ uow, params }) => {
      const run = await seen(uow, params.id);
      uow.log({ action: 'rule.backtest_export', objectType: 'backtest', objectId: params.id });
      return new Content(
        await csvOf(uow, registry, params.id),
        'text/csv; charset=utf-8',
        `回测-${run.code}-${run.from}-${run.to}.csv`,
      );
    },
  }),
  ...(['cancel', 'resume'] as const).map((verb) =>
    route({
      method: 'POST',
      path: `/api/backtests/:id/${verb}`,
      summary:
        verb === 'cancel' ? { zh: '中止回测', en: 'Cancel a back-test' } : { zh: '继续回测', en: 'Resume a back-test' },
      action: 'rule.backtest',
      params: byId,
      body: z.strictObject({}).optional(),
      handle: async ({ uow, params }) => {
        await seen(uow, params.id);
        return summaryOf(await changeRun(uow, params.id, verb));
      },
    }),
  ),
];

/** The units whose records the actor may look at; null: all. */
const reachIn = (actor: Actor): readonly number[] | null => {
  const { units } = reachOf(actor, 'rule.backtest');
  return units === 'all' ? null : units;
};

/** What was asked for, or all that the actor reaches. @throws Problem 403 for a unit beyond */
function withinReach(actor: Actor, asked: readonly number[] | undefined): readonly number[] | undefined {
  const reach = reachIn(actor);
  if (!reach) return asked;
  if (asked?.some((one) => !reach.includes(one)))
    throw forbidden('backtest.not-your-unit', { zh: '您不能回测该单位的数据', en: 'You may not test on that unit' });
  return asked && asked.length > 0 ? asked : reach;
}

/** A run shows records of its units: to those alone who reach them all. @throws Problem 404 */
async function seen(uow: UnitOfWork, id: string): Promise<BacktestRun> {
  const run = await readRun(uow, id);
  const reach = reachIn(uow.actor);
  if (reach && !(run.units ?? [0]).every((one) => reach.includes(one))) throw notFound();
  return run;
}

async function sourceOf(
  uow: UnitOfWork,
  { text, code, version }: { text?: string | undefined; code?: string | undefined; version?: number | undefined },
): Promise<{ text: string; version?: number }> {
  if ((text === undefined) === (code === undefined))
    throw badInput('backtest.source', {
      zh: '请给出规则原文，或者规则编号与版本',
      en: 'Give either the text of a rule, or its code and version',
    });
  if (text !== undefined) return { text };
  const [row] = await uow.sql<{ text: string; version: number }>(
    'SELECT v.text, v.version FROM rule_version v JOIN rule r ON r.id = v.rule_id WHERE r.code = $1 AND ($2::int IS NULL OR v.version = $2) ORDER BY v.version DESC LIMIT 1',
    [code, version ?? null],
  );
  if (!row) throw notFound();
  return row;
}

function tell(
  header: (name: string, value: string) => void,
  what: string,
  offset: number,
  rows: number,
  total: number,
): void {
  header('Content-Range', `${what} ${offset}-${offset + Math.max(rows - 1, 0)}/${total}`);
}
