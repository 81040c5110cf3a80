import { z } from 'zod';
import { conflict } from '../kernel/errors.ts';
import { tellRange } from '../kernel/listing.ts';
import { type Route, route } from '../kernel/route.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { scopeOf } from '../subjects/guard.ts';
import { stepSchema } from '../subjects/input.ts';
import type { Views } from '../subjects/views.ts';
import { attachmentRoutes } from './attachments.ts';
import { createFinding } from './create.ts';
import { readFinding, readLoop } from './detail.ts';
import { finding, transitionOf, type Verb, verbs } from './finding.ts';
import { holdTheirSubjects, loadFinding, perform } from './loop.ts';
import { path, states } from './states.ts';
import { readTodos } from './todos.ts';

const byId = z.strictObject({ id: z.uuid() });

/**
 * The loop over HTTP. These come before the routes of declared subjects, which give the list, the duties and the ledger:
 * here are the detail, the history and one `POST /api/findings/:id/<verb>` for each row of the transition table, whose
 * body holds the facts that the verb asks for, by name (`{ "verdict": "confirmed", "opinion": "…" }`).
 */
export function findingRoutes(views: Views): Route[] {
  const read = { action: 'finding.read', on: 'finding', params: byId } as const;
  return [
    route({
      method: 'GET',
      path: '/api/todos',
      summary: { zh: '我的待办', en: 'My to-dos' },
      action: 'session',
      handle: async ({ uow, reply }) => {
        const todos = await readTodos(uow, views);
        tellRange(reply, 'todos', { offset: 0 }, todos.length, todos.length);
        return todos;
      },
    }),
    route({
      method: 'GET',
      path: '/api/findings/queues',
      summary: { zh: '各环节问题数', en: 'Findings by station' },
      action: 'finding.read',
      handle: ({ uow }) => readQueues(uow),
    }),
    route({
      method: 'GET',
      path: '/api/findings/:id',
      summary: { zh: '问题详情', en: 'One finding' },
      ...read,
      handle: ({ uow, params }) => readFinding(uow, views, params.id),
    }),
    route({
      method: 'GET',
      path: '/api/findings/:id/timeline',
      summary: { zh: '办理过程', en: 'History of the loop' },
      ...read,
      handle: ({ uow, params }) => readLoop(uow, params.id),
    }),
    route({
      method: 'POST',
      path: '/api/findings',
      summary: { zh: '人工登记问题', en: 'Enter a finding by hand' },
      action: 'finding.create',
      body: z.record(z.string(), z.unknown()),
      handle: async ({ uow, body, reply }) => {
        const id = await createFinding(uow, views.registry, body);
        reply.status(201);
        return readFinding(uow, views, id);
      },
    }),
    ...verbs.filter((verb) => transitionOf(verb).roles.length > 0).map((verb) => verbRoute(views, verb)),
    ...attachmentRoutes,
  ];
}

const verbRoute = (views: Views, verb: Verb): Route =>
  route({
    method: 'POST',
    path: `/api/findings/:id/${verb}`,
    summary: { zh: transitionOf(verb).label[0], en: transitionOf(verb).label[1] },
    action: `finding.${verb}`,
    on: 'finding',
    params: byId,
    body: bodyOf(verb),
    handle: async ({ uow, params, body, caller }) => {
      if (caller.ifMatch !== null) await checkVersion(uow, views, params.id, caller.ifMatch, body);
      await perform(uow, views.registry, { id: params.id, verb, facts: body });
      return readFinding(uow, views, params.id);
    },
  });

/** Strictly what the verb asks for; what the loop sets itself is an unknown field. */
function bodyOf(verb: Verb): z.ZodType<Record<string, unknown>> {
  const { requires = [], asks = [] } = transitionOf(verb);
  const step = {
    ...finding.steps[verb],
    code: transitionOf(verb).code,
    label: { zh: '', en: '' },
    requires,
    asks,
    carries: [],
  };
  return stepSchema(finding, step).full;
}

async function checkVersion(
  uow: UnitOfWork,
  views: Views,
  id: string,
  seen: number,
  yours: Record<string, unknown>,
): Promise<void> {
  await holdTheirSubjects(uow, views.registry, [id]);
  const { version } = await loadFinding(uow, id, { lock: true });
  if (version === seen) return;
  const current = await readFinding(uow, views, id);
  throw conflict(
    'record.stale',
    { zh: '该问题已被他人处理，请核对后重新提交', en: 'Somebody handled it meanwhile: compare and submit again' },
    { version, sent: seen, current, yours },
  );
}

/** How many findings of the actor's scope wait at each station, and how many of them are over their time. */
async function readQueues(uow: UnitOfWork) {
  const scope = scopeOf(uow.actor, 'finding.read', finding, 'f', 1);
  const rows = await uow.sql<{ state: string; count: number; overdue: number }>(
    `SELECT f.state, count(*) AS count, count(*) FILTER (WHERE f.due_at < $1) AS overdue FROM finding f WHERE ${scope.text} GROUP BY f.state`,
    [uow.now, ...scope.values],
  );
  return Object.keys(states).map((state) => {
    const row = rows.find((one) => one.state === state);
    return {
      state,
      label: { zh: states[state as keyof typeof states][0], en: states[state as keyof typeof states][1] },
      main: (path as readonly string[]).includes(state),
      count: row?.count ?? 0,
      overdue: row?.overdue ?? 0,
    };
  });
}
