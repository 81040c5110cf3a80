import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import Koa from 'koa';
import compress from 'koa-compress';
import helmet from 'koa-helmet';
import { actionsOf, withReach } from './access/actor.ts';
import { ledgerRoutes } from './access/ledger-routes.ts';
import { personRoutes } from './access/person-routes.ts';
import { postRoutes } from './access/post-routes.ts';
import { resetRoutes } from './access/reset-routes.ts';
import { unitRoutes } from './access/unit-routes.ts';
import { backOffice } from './back-office.ts';
import { demoRoutes } from './demo/accounts.ts';
import { chainRoutes } from './figures/chain-routes.ts';
import { rateRoutes } from './figures/rate-routes.ts';
import { scoreboardRoutes } from './figures/scoreboard-routes.ts';
import { todayRoutes } from './figures/today.ts';
import { findingVerbs } from './findings/abilities.ts';
import { emergencyRoutes } from './findings/emergency-routes.ts';
import { exceptionRoutes } from './findings/exception-routes.ts';
import { feedRoutes } from './findings/feed-routes.ts';
import { finding } from './findings/finding.ts';
import { reminderRoutes } from './findings/reminder-routes.ts';
import { findingRoutes } from './findings/routes.ts';
import { weeklyRoutes } from './findings/weekly-routes.ts';
import { workNow } from './jobs/beat.ts';
import { type Events, eventRoutes } from './jobs/events.ts';
import { noticeRoutes } from './jobs/notice-routes.ts';
import { jobRoutes } from './jobs/routes.ts';
import { type Budget, openBudgets } from './kernel/budget.ts';
import { shownZone } from './kernel/calendar.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import type { Database } from './kernel/database.ts';
import type { Failure } from './kernel/job.ts';
import { openapi } from './kernel/openapi.ts';
import { type Doors, type Lanes, pipeline } from './kernel/pipeline.ts';
import { lineOf } from './kernel/problem.ts';
import { type Route, route } from './kernel/route.ts';
import type { Runtime } from './kernel/unit-of-work.ts';
import { logRefusal } from './ledger/ledger.ts';
import { boundedRefusals } from './ledger/refusals.ts';
import type { IdentityKey } from './organisation/identity.ts';
import { fullCost, type PasswordCost } from './organisation/password.ts';
import { holderOf } from './organisation/session.ts';
import { sessionRoutes } from './organisation/session-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { backtestRoutes } from './rules/backtest-routes.ts';
import { explainDuties } from './rules/explain-duties.ts';
import { explainRoutes } from './rules/explain-routes.ts';
import type { Engine } from './rules/judge.ts';
import { goLiveRoutes } from './rules/life/go-live-routes.ts';
import { paramRoutes } from './rules/life/param-routes.ts';
import { lifeRoutes } from './rules/life/routes.ts';
import { type RulesNow, ruleRoutes } from './rules/rule-routes.ts';
import { runtimeOn } from './runtime.ts';
import type { SubjectType } from './subjects/define.ts';
import { authorise } from './subjects/guard.ts';
import { subjectTypes } from './subjects/index.ts';
import { Registry } from './subjects/registry.ts';
import { subjectRoutes } from './subjects/routes.ts';
import type { Views } from './subjects/views.ts';

export interface AppOptions {
  database: Database;
  clock?: Clock;
  /** The address people type: https makes cookies secure. */
  publicUrl: string;
  /** Subject types beside the shipped ones. */
  types?: readonly SubjectType[];
  /** The rules (engine.ts): they judge what a unit of work changed and explain duties. Nothing is judged without. */
  engine?: Engine;
  /** Papers carry 演示数据 in a demonstration database. */
  demonstration?: boolean;
  /** The bureau's own fonts for papers (reports/fonts.ts). */
  fontFolder?: string;
  /** New notices of other processes; without it nothing is pushed to browsers. */
  events?: Events;
  /** Runs that the queue gave up on. */
  failures?: () => Promise<Failure[]>;
  passwordCost?: PasswordCost;
  /** What identity numbers are hashed with; none can be entered without. */
  identityKey?: IdentityKey;
  /** Proxies of ours before the server (TRUST_PROXY). */
  proxies?: number;
  /** What may be asked for in a minute, and at once. */
  budget?: Budget;
  lanes?: Lanes;
}

/** Everything composed: one process serves or works with it. */
export interface App {
  koa: Koa;
  runtime: Runtime;
  registry: Registry;
  routes: readonly Route[];
}

/** The subject types of this installation: the shipped ones, findings, and further ones that are handed in. */
export const createRegistry = (types: readonly SubjectType[] = []): Registry =>
  new Registry([...subjectTypes, finding, ...types]);

/** Composes the rooms; nothing here decides anything. */
export function createApp(options: AppOptions): App {
  const { database, clock = systemClock, publicUrl } = options;
  const registry = createRegistry(options.types);
  const runtime = runtimeOn(database, clock, options.engine);
  const isSecure = publicUrl.startsWith('https:');
  const cookieName = isSecure ? '__Host-mingjing' : 'mingjing';
  const views: Views = {
    registry,
    verbs: { finding: findingVerbs(clock) },
    ...(options.engine && { explainDuties: explainDuties(options.engine) }),
  };
  const rulesNow: RulesNow = async (tx) => {
    await options.engine?.refresh?.(tx);
    return options.engine?.rules ?? [];
  };
  const routes: Route[] = [
    ...sessionRoutes({ cookieName, passwordCost: options.passwordCost ?? fullCost, actionsOf }),
    ...demoRoutes,
    ...unitRoutes,
    ...personRoutes({ passwordCost: options.passwordCost ?? fullCost, identityKey: options.identityKey }),
    ...postRoutes,
    ...resetRoutes({ passwordCost: options.passwordCost ?? fullCost }),
    ...ledgerRoutes((type) => registry.find(type) !== undefined),
    ...findingRoutes(views),
    ...exceptionRoutes(registry),
    ...emergencyRoutes,
    ...reminderRoutes,
    ...weeklyRoutes(registry),
    ...feedRoutes(() => options.engine),
    ...chainRoutes(registry),
    ...todayRoutes(views),
    ...rateRoutes(registry, rulesNow),
    ...lifeRoutes(registry),
    ...scoreboardRoutes(rulesNow),
    ...ruleRoutes(rulesNow),
    ...paramRoutes(registry, rulesNow),
    ...goLiveRoutes(registry, rulesNow),
    ...backtestRoutes(registry),
    ...(options.engine ? explainRoutes(options.engine) : []),
    ...reportRoutes({
      registry,
      zone: shownZone,
      demo: options.demonstration ?? false,
      ...(options.fontFolder && { fontFolder: options.fontFolder }),
    }),
    ...noticeRoutes,
    ...jobRoutes(options.failures),
    ...(options.events
      ? eventRoutes(options.events, async (token) => (await holderOf(database, clock.now(), token, true)) !== null)
      : []),
  ];
  // a room above may show its subject in a way of its own: the derived route then stands back
  const isTaken = ({ method, path }: Route) => routes.some((one) => one.method === method && one.path === path);
  routes.push(...subjectRoutes(views).filter((one) => !isTaken(one)));
  routes.push(...systemRoutes(routes, publicUrl));

  const types = registry.types.map((type) => type.name);
  const bounded = boundedRefusals();
  const doors: Doors = {
    who: async ({ token }, quiet) => {
      const holder = await holderOf(database, clock.now(), token, quiet);
      return holder && { ...holder, actor: withReach(holder.actor, types) };
    },
    authorise: (uow, action, on) => authorise(uow, registry, action, on),
    refused: async (actor, { action, code, objectType, objectId }) => {
      const entry = {
        action: 'access.refuse',
        ...(objectType && { objectType }),
        ...(objectId && { objectId }),
        changes: { action, code },
      };
      const told = code === 'request.not-found' ? bounded(actor, entry, clock.now()) : entry;
      if (told) await logRefusal(runtime, actor, told);
    },
    stranger: ({ action, code }, { address, requestId }) =>
      process.stderr.write(`request ${requestId} from ${address} refused: ${action} ${code}\n`),
    failed: (error, requestId) => process.stderr.write(`request ${requestId} failed: ${lineOf(error)}\n`),
  };

  const koa = new Koa();
  koa.silent = true;
  koa.on('error', (error: NodeJS.ErrnoException) => {
    // a reader who goes away in the middle of a stream is no error of ours
    if (
      !/^(ERR_STREAM_PREMATURE_CLOSE|ECONNRESET|EPIPE|HPE_.*)$/.test(error.code ?? '') &&
      error.message !== 'Parse Error'
    )
      doors.failed(error, '-');
  });
  koa.use(securityHeaders(isSecure));
  koa.use(plainEncoding);
  koa.use(
    compress({
      filter: (type) => /json|text|javascript|svg|font/i.test(type) && !/event-stream/i.test(type),
      threshold: 2048,
      br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    }),
  );
  koa.use(
    pipeline({
      ...{ runtime, routes, doors, publicUrl, cookieName },
      ...(options.proxies && { proxies: options.proxies }),
      ...(options.lanes && { lanes: options.lanes }),
      budgets: openBudgets(database, options.budget),
    }),
  );
  koa.use(backOffice(fileURLToPath(new URL('../admin-ui/dist', import.meta.url))));
  return { koa, runtime, registry, routes };
}

/** Whoever accepts no encoding at all is answered as whoever names none: compression would refuse him with an error. */
const plainEncoding: Koa.Middleware = (ctx, next) => {
  if (ctx.acceptsEncodings('br', 'gzip', 'deflate', 'identity') === false) delete ctx.req.headers['accept-encoding'];
  return next();
};

function securityHeaders(isSecure: boolean): Koa.Middleware {
  const own = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: own,
        scriptSrc: own,
        // Emotion writes its styles into the page
        styleSrc: [...own, "'unsafe-inline'"],
        imgSrc: [...own, 'data:', 'blob:'],
        fontSrc: [...own, 'data:'],
        connectSrc: own,
        frameSrc: [...own, 'blob:'],
        objectSrc: ["'none'"],
        baseUri: own,
        formAction: own,
        frameAncestors: ["'none'"],
        ...(isSecure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    xFrameOptions: { action: 'deny' },
  });
}

function systemRoutes(routes: readonly Route[], publicUrl: string): Route[] {
  const own: Route[] = [
    route({
      method: 'GET',
      path: '/api/health',
      summary: { zh: '存活', en: 'Alive' },
      action: 'public',
      transaction: 'own',
      handle: async () => ({ status: 'ok' }),
    }),
    route({
      method: 'GET',
      path: '/api/ready',
      summary: {
        zh: '就绪（ready）；能访问但后台任务无人执行时为 serving',
        en: 'ready; serving, where pages are served and nobody does the background work',
      },
      action: 'public',
      quiet: true,
      handle: async ({ uow }) => {
        const { isDone, at } = await workNow(uow, uow.now);
        return { status: isDone ? 'ready' : 'serving', work: { isDone, lastAt: at } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/openapi.json',
      summary: { zh: '接口说明', en: 'This description' },
      action: 'public',
      transaction: 'own',
      handle: async () => (document ??= openapi(routes, publicUrl)),
    }),
  ];
  let document: Record<string, unknown> | undefined;
  return own;
}
