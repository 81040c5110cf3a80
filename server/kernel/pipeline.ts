import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import Router from '@koa/router';
import type Koa from 'koa';
import { readBody, readJson, refuseBadText } from './body.ts';
import { type Budgets, openBudgets } from './budget.ts';
import { badInput, notFound, Problem, unauthorised } from './errors.ts';
import { type Gate, type Lane, openGate } from './gate.ts';
import { parse } from './input.ts';
import { problemDocument, problemOf, serverError } from './problem.ts';
import { checkKey, keepAnswer, requestHash, takeKey } from './replay.ts';
import { type Caller, Content, type Language, type Reply, type Route, type RouteRequest } from './route.ts';
import { checkSameSite, isOurHost } from './same-site.ts';
import { type Actor, inUnitOfWork, type Runtime, type UnitOfWork, type UnitOptions } from './unit-of-work.ts';

/** Somebody who is signed in. */
export interface Signed {
  actor: Actor;
  csrf: string;
  mustChangePassword: boolean;
}

/** What was refused, for the ledger. */
export interface Refusal {
  action: string;
  code: string;
  objectType?: string;
  objectId?: string;
}

/** The rooms above the kernel that every request passes; the app hands them down. */
export interface Doors {
  /** `quiet`: the browser asked by itself, which is no sign that somebody is there. */
  who(caller: Caller, quiet: boolean): Promise<Signed | null>;
  /** @throws Problem 403 when no line of the policy allows it, 404 when the record is out of the actor's scope */
  authorise(uow: UnitOfWork, action: string, on: { type: string; id: string } | null): Promise<void>;
  /** Runs after the failed unit of work, in one of its own. */
  refused(actor: Actor, refusal: Refusal): Promise<void>;
  /** Somebody without a session was refused: nothing that lasts. */
  stranger(refusal: Refusal, caller: Caller): void;
  /** Where faults are told; never to the caller. */
  failed(error: unknown, requestId: string): void;
}

export interface PipelineOptions {
  runtime: Runtime;
  routes: readonly Route[];
  doors: Doors;
  publicUrl: string;
  cookieName: string;
  /** How many proxies of ours stand before the server: the caller's address is that many from the end of their list. */
  proxies?: number;
  budgets?: Budgets;
  /** How many requests run at once. */
  lanes?: Lanes;
}

/** Ordinary requests and costly ones never wait for each other. */
export interface Lanes {
  ordinary: Lane;
  costly: Lane;
}

/** A pool of connections shared out: whatever one person asks for, there are some left for everybody else. */
export const lanesOf = (poolSize: number): Lanes => {
  const costly = Math.max(1, Math.floor(poolSize * 0.4));
  const ordinary = Math.max(1, poolSize - costly);
  return {
    ordinary: { most: ordinary, each: Math.max(1, ordinary - 2), waiting: 300, patience: 20_000 },
    costly: { most: costly, each: Math.max(1, Math.floor(costly / 2)), waiting: 10, patience: 20_000 },
  };
};

/** What every request of the process passes: budgets, then a turn in one of two lanes. */
interface Turns extends PipelineOptions {
  budgets: Budgets;
  gates: { ordinary: Gate; costly: Gate };
}

/** Seconds after which it is worth trying again: a database that ended is back sooner as a rule. */
const retryAfter = 5;
const stranger: Actor = { personId: null, name: '未登录', unitId: null, unitName: '', role: 'public', roles: [] };
const mutates = (route: Route): boolean => route.method !== 'GET';

/** Milliseconds for one statement, and before one lock: nobody waits longer for somebody else. */
const reading = { statement: 10_000, lock: 3_000 };
const writing = { statement: 30_000, lock: 10_000 };

/** budget → session → same site → key → input → turn → unit of work → authorise → handle → output, for every declared route. */
export function pipeline(given: PipelineOptions): Koa.Middleware {
  const lanes = given.lanes ?? lanesOf(10);
  const options: Turns = {
    ...given,
    budgets: given.budgets ?? openBudgets(given.runtime.database),
    gates: { ordinary: openGate(lanes.ordinary), costly: openGate(lanes.costly) },
  };
  const router = new Router();
  for (const route of options.routes) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](route.path, (ctx) => answer(ctx, route, options));
  }
  const match = router.routes() as unknown as Koa.Middleware;
  return async (ctx, next) => {
    if (!/^\/api(\/|$)/.test(ctx.path)) return next();
    ctx.set('Cache-Control', 'no-store');
    // behind a proxy the name is the proxy's affair
    if (!options.proxies && !isOurHost(ctx.get('Host'), options.publicUrl)) {
      const text = { zh: '访问地址与系统设置（PUBLIC_URL）不符', en: 'This address is not the one in PUBLIC_URL' };
      return show(ctx, new Problem(421, 'request.unknown-host', text), callerOf(ctx, options));
    }
    let isMatched = true;
    await match(ctx, async () => {
      isMatched = false;
    });
    if (isMatched) return;
    const known = router.match(ctx.path, ctx.method);
    const allowed = [...new Set(known.path.flatMap((layer) => layer.methods))];
    if (allowed.length > 0) ctx.set('Allow', allowed.join(', '));
    const text = { zh: '此地址不支持这种请求方法', en: 'This address does not know that method' };
    show(ctx, allowed.length > 0 ? new Problem(405, 'request.method', text) : notFound(), callerOf(ctx, options));
  };
}

async function answer(
  ctx: Koa.Context & { params: Record<string, string> },
  route: Route,
  options: Turns,
): Promise<void> {
  const caller = callerOf(ctx, options);
  const told: { actor: Actor; refusal: Refusal } = {
    actor: stranger,
    refusal: { action: String(route.action), code: '' },
  };
  ctx.set('X-Request-Id', caller.requestId);
  try {
    const result = await run(ctx, route, options, caller, told);
    if (result instanceof Problem) show(ctx, result, caller);
    else send(ctx, result);
  } catch (error) {
    const problem = problemOf(error) ?? serverError();
    // whatever we did not say ourselves leaves a line, also where the caller is told something kinder
    if (!(error instanceof Problem)) options.doors.failed(error, caller.requestId);
    else if (error.cause instanceof Error) options.doors.failed(error.cause, caller.requestId);
    if (problem.status === 403 || problem.isRefusal) await tellRefusal(told, problem, caller, options);
    show(ctx, problem, caller);
  }
}

/** The ledger is for people with a name: what strangers try goes to the log file, which may be thrown away. */
async function tellRefusal(
  told: { actor: Actor; refusal: Refusal },
  problem: Problem,
  caller: Caller,
  { doors }: PipelineOptions,
): Promise<void> {
  const refusal = { ...told.refusal, code: problem.code };
  if (told.actor === stranger) return doors.stranger(refusal, caller);
  await doors.refused(told.actor, refusal).catch((failure: unknown) => doors.failed(failure, caller.requestId));
}

async function run(
  ctx: Koa.Context & { params: Record<string, string> },
  route: Route,
  options: Turns,
  caller: Caller,
  told: { actor: Actor; refusal: Refusal },
): Promise<unknown> {
  const { runtime, doors, budgets, gates } = options;
  await budgets.spend('address', caller.address);
  const signed = caller.token ? await doors.who(caller, route.quiet === true || ctx.get('X-Idle') !== '') : null;
  if (signed) told.actor = { ...signed.actor, requestId: caller.requestId };
  const actor = told.actor;
  const spend = (points?: number) =>
    actor.personId === null
      ? budgets.spend('stranger', caller.address, points)
      : budgets.spend('person', String(actor.personId), points);
  await spend();
  if (!signed && route.action !== 'public') throw unauthorised();
  if (mutates(route))
    checkSameSite(ctx.req, options.publicUrl, route.action === 'public' ? null : (signed?.csrf ?? null));
  if (signed?.mustChangePassword && !route.beforePasswordChange && route.action !== 'public') throw mustChange();
  const key = mutates(route) && route.replay !== false ? checkKey(ctx.get('Idempotency-Key')) : null;

  const { body, bytes } = mutates(route) ? await bodyOf(ctx, route) : { body: undefined, bytes: Buffer.alloc(0) };
  refuseBadText({ ...ctx.query, ...ctx.params }, '');
  const input = {
    params: route.params ? parse(route.params, ctx.params, '') : {},
    query: route.query ? parse(route.query, { ...ctx.query }, '') : refuseAll(ctx.query),
    body: route.body ? parse(route.body, body, '') : Buffer.isBuffer(body) ? body : refuseAll(body),
  } as { params: Record<string, never>; query: Record<string, never>; body: Record<string, never> };

  const limits = mutates(route) ? writing : reading;
  const costly = isCostly(route, input);
  if (costly) await spend(budgets.costly - 1);
  const gone = goneOf(ctx);
  const action = typeof route.action === 'string' ? route.action : route.action(input);
  const on = route.on ? { type: route.on, id: String(input.params['id'] ?? '') } : null;
  const about = on ?? route.about?.(input) ?? null;
  told.refusal = { action, code: '', ...(about && { objectType: about.type, objectId: about.id }) };
  // what is read for somebody who has gone is not read to its end; what is written is
  const unit: UnitOptions = { limits, ...(!mutates(route) && { gone }) };
  const request: Omit<RouteRequest, 'uow'> = {
    within: (work) => inUnitOfWork(runtime, actor, work, unit),
    actor,
    runtime,
    caller,
    reply: replyTo(ctx),
    ...input,
  };
  const isOwn = route.transaction === 'own';
  const work = async (): Promise<unknown> => {
    if (isOwn) {
      if (!['public', 'session'].includes(action))
        await inUnitOfWork(runtime, actor, (uow) => doors.authorise(uow, action, on), unit);
      return checked(route, await route.handle({ ...request, uow: noUnitOfWork } as never));
    }
    return inUnitOfWork(
      runtime,
      actor,
      async (uow) => {
        ctx.status = 200;
        const hash = key && requestHash(ctx.method, ctx.path, String(caller.ifMatch), bytes);
        const stored = key && hash ? await takeKey(uow, key, hash) : null;
        if (stored) {
          ctx.status = stored.status;
          return stored.answer;
        }
        if (!['public', 'session'].includes(action)) await doors.authorise(uow, action, on);
        const value = checked(route, await route.handle({ ...request, uow } as never));
        if (key && !(value instanceof Content) && !(value instanceof Problem))
          await keepAnswer(uow, key, { status: ctx.status, answer: value });
        return value;
      },
      unit,
    );
  };
  // strangers at the sign-in wait in a queue of their own (password.ts), not in everybody's way
  if (isOwn && actor === stranger) return work();
  const who = actor.personId === null ? caller.address : String(actor.personId);
  const leave = await gates[costly ? 'costly' : 'ordinary'].enter(who, gone);
  try {
    return await work();
  } finally {
    leave();
  }
}

/** A page of a list above this, and every search in one, is costly. */
const shortPage = 100;

function isCostly(route: Route, input: Parameters<Extract<Route['costly'], (...input: never) => boolean>>[0]): boolean {
  if (route.costly !== undefined) return typeof route.costly === 'function' ? route.costly(input) : route.costly;
  const { limit, filter } = input.query as { limit?: unknown; filter?: Record<string, unknown> };
  return (typeof limit === 'number' && limit > shortPage) || Boolean(filter?.['q']);
}

/** Aborted when the caller goes away before his answer. */
function goneOf(ctx: Koa.Context): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** A route with transactions of its own must not touch this one. */
const noUnitOfWork = new Proxy(
  {},
  {
    get: () => {
      throw new Error("a route with transaction: 'own' uses within()");
    },
  },
) as UnitOfWork;

async function bodyOf(ctx: Koa.Context, route: Route): Promise<{ body: unknown; bytes: Buffer }> {
  const limit = route.limit ?? 1024 * 1024;
  const type = (ctx.get('Content-Type').split(';')[0] ?? '').trim().toLowerCase();
  if (route.raw) {
    if (!route.raw.includes(type)) throw wrongType(route.raw.join('、'));
    const bytes = await readBody(ctx.req, limit);
    return { body: bytes, bytes };
  }
  const bytes = await readBody(ctx.req, limit);
  if (bytes.length > 0 && type !== 'application/json') throw wrongType('application/json');
  return { body: readJson(bytes) ?? (route.body ? {} : undefined), bytes };
}

const wrongType = (wanted: string): Problem =>
  new Problem(415, 'request.media-type', { zh: `请求内容的类型应为 ${wanted}`, en: `The body must be ${wanted}` });

const mustChange = (): Problem =>
  new Problem(403, 'session.password-must-change', { zh: '请先修改初始密码', en: 'Change your password first' });

/** Input that nobody declared. */
function refuseAll(given: unknown): Record<string, never> {
  const [first] =
    typeof given === 'object' && given !== null ? Object.keys(given) : given === undefined ? [] : ['body'];
  if (first === undefined) return {};
  const text = { zh: '没有这一项', en: 'unknown field' };
  throw badInput('request.bad-input', { zh: `填写有误：${first} 没有这一项`, en: `Wrong input: ${first} is unknown` }, [
    { path: first, ...text },
  ]);
}

/** What leaves is what was declared: a field that the output schema does not know is a mistake of ours. */
function checked(route: Route, value: unknown): unknown {
  if (!route.output || value instanceof Content || value instanceof Problem) return value;
  return route.output.parse(value);
}

function replyTo(ctx: Koa.Context): Reply {
  return {
    status: (code) => {
      ctx.status = code;
    },
    header: (name, value) => ctx.set(name, value),
    cookie: (line) => (ctx.res as ServerResponse).appendHeader('Set-Cookie', line),
  };
}

function send(ctx: Koa.Context, value: unknown): void {
  if (value instanceof Content) {
    ctx.type = value.type;
    if (value.fileName) ctx.attachment(value.fileName, { type: 'inline' });
    ctx.type = value.type;
    ctx.body = value.body;
    return;
  }
  const status = ctx.status;
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = JSON.stringify(value ?? null);
  // Koa answers 404 until somebody sets a status
  ctx.status = status === 404 ? 200 : status;
}

function show(ctx: Koa.Context, problem: Problem, caller: Caller): void {
  const { type, body } = problemDocument(problem, caller.language, caller.requestId);
  ctx.status = problem.status;
  ctx.set('X-Request-Id', caller.requestId);
  const wait = problem.extra?.['retryAfter'] ?? (problem.status === 503 ? retryAfter : null);
  if (wait !== null) ctx.set('Retry-After', String(wait));
  ctx.body = body;
  ctx.set('Content-Type', type);
  // what is left of a refused body is not read: the connection would hang on it
  if (!ctx.req.complete) ctx.set('Connection', 'close');
}

function callerOf(ctx: Koa.Context, options: PipelineOptions): Caller {
  const given = ctx.get('If-Match');
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1];
  const forwarded = options.proxies ? ctx.get('X-Forwarded-For').split(',').at(-options.proxies)?.trim() : '';
  return {
    requestId: randomUUID(),
    address: (forwarded || ctx.req.socket.remoteAddress || '').slice(0, 100),
    agent: ctx.get('User-Agent').slice(0, 200),
    language: languageOf(ctx.get('Accept-Language')),
    secure: options.publicUrl.startsWith('https:'),
    token: cookieOf(ctx.get('Cookie'), options.cookieName),
    device: cookieOf(ctx.get('Cookie'), `${options.cookieName}-device`),
    ifMatch: version === undefined ? null : Number(version),
  };
}

const languageOf = (accepted: string): Language => (/^\s*en\b/i.test(accepted) ? 'en' : 'zh');

function cookieOf(header: string, name: string): string {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return '';
}
