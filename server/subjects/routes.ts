import { z } from 'zod';
import { may, mayAnywhere } from '../access/actor.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { instantInput } from '../kernel/input.ts';
import { tellRange } from '../kernel/listing.ts';
import { type Route, type RouteRequest, route } from '../kernel/route.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import { asEngine, type UnitOfWork } from '../kernel/unit-of-work.ts';
import type { SubjectType } from './define.ts';
import { readDuties } from './duties.ts';
import { holdEnds } from './ends.ts';
import { authoriseOpening, standings } from './guard.ts';
import { parseFacts, tableOfStep } from './input.ts';
import { readRecordLedger } from './ledger.ts';
import { listQuery, readList } from './list.ts';
import { readRecord, rowOf } from './read.ts';
import { recordSteps } from './record.ts';
import { checkReferences } from './references.ts';
import { searchEverything } from './search.ts';
import { readTimeline } from './timeline.ts';
import type { Views } from './views.ts';
import { vocabularyOf } from './vocabulary.ts';

const byId = z.strictObject({ id: z.uuid() });
const occurredAt = instantInput;
const words = paragraphInput(1000);

/** The routes of every declared subject, then what goes across them. */
export function subjectRoutes(views: Views): Route[] {
  return [...views.registry.types.flatMap((type) => routesOf(views, type)), vocabularyRoute(views), searchRoute(views)];
}

function routesOf(views: Views, type: SubjectType): Route[] {
  const path = `/api/${type.plural}`;
  const { zh, en } = type.label;
  const read = { action: `${type.name}.read`, on: type.name, params: byId } as const;
  const routes: Route[] = [
    route({
      method: 'GET',
      path,
      summary: { zh: `${zh}列表`, en: `List of ${type.plural}` },
      action: `${type.name}.read`,
      query: listQuery(type),
      handle: async ({ uow, query, reply }) => {
        const { rows, total } = await readList(uow, views, type, query);
        tellRange(reply, type.plural, query, rows.length, total);
        return rows;
      },
    }),
    route({
      method: 'GET',
      path: `${path}/:id`,
      summary: { zh: `${zh}详情`, en: `One ${en.toLowerCase()}` },
      ...read,
      handle: ({ uow, params }) => readRecord(uow, views, type, params.id),
    }),
    route({
      method: 'GET',
      path: `${path}/:id/timeline`,
      summary: { zh: '办理环节', en: 'Steps' },
      ...read,
      handle: ({ uow, params }) => readTimeline(uow, type, params.id),
    }),
    route({
      method: 'GET',
      path: `${path}/:id/duties`,
      summary: { zh: '应办事项', en: 'Duties' },
      ...read,
      handle: ({ uow, params }) => readDuties(uow, views, type, params.id),
    }),
    route({
      method: 'GET',
      path: `${path}/:id/ledger`,
      summary: { zh: '操作留痕', en: 'Ledger of the record' },
      ...read,
      action: `${type.name}.ledger`,
      handle: ({ uow, params }) => readRecordLedger(uow, type, params.id),
    }),
    route({
      method: 'POST',
      path: `${path}/:id/reveal`,
      summary: { zh: '查看未遮盖信息', en: 'Reveal masked facts' },
      ...read,
      action: `${type.name}.reveal`,
      body: z.strictObject({ purpose: words }),
      replay: false,
      handle: ({ uow, params, body }) => readRecord(uow, views, type, params.id, { purpose: body.purpose }),
    }),
  ];
  const forms = Object.entries(type.steps).filter(([, step]) => !step.internal);
  const openings = forms.filter(([, step]) => step.opens).map(([verb]) => verb);
  if (openings.length > 0) routes.push(openRoute(views, type, path, openings));
  if (forms.length > 0)
    routes.push(
      stepRoute(
        views,
        type,
        path,
        forms.map(([verb]) => verb),
      ),
    );
  return routes;
}

const openRoute = (views: Views, type: SubjectType, path: string, verbs: string[]): Route =>
  route({
    method: 'POST',
    path,
    summary: { zh: `登记${type.label.zh}`, en: `Open: ${type.label.en.toLowerCase()}` },
    action: ({ body }) => `${type.name}.${body.verb}`,
    body: z.strictObject({
      verb: z.enum(verbs).default(verbs[0] ?? ''),
      occurredAt,
      facts: z.record(z.string(), z.unknown()).default({}),
      note: words.optional(),
      confirmed: z.boolean().optional(),
      reason: words.optional(),
    }),
    handle: async ({ uow, body, reply }) => {
      const step = type.steps[body.verb];
      if (step) {
        const given = parseFacts(type, step, body.facts, true);
        await checkReferences(uow, views.registry, tableOfStep(type, step), given);
        authoriseOpening(uow.actor, type, body.verb, given);
      }
      const { verb, facts, note, reason } = body;
      const [done] = await asEngine(uow, () =>
        recordSteps(
          uow,
          views.registry,
          [
            {
              type: type.name,
              verb,
              occurredAt: body.occurredAt,
              facts,
              ...(note && { note }),
              ...(reason && { reason }),
            },
          ],
          { byHand: { confirmed: body.confirmed ?? false } },
        ),
      );
      reply.status(201);
      return readBack(uow, views, type, done?.subject ?? '');
    },
  });

const stepRoute = (views: Views, type: SubjectType, path: string, verbs: string[]): Route =>
  route({
    method: 'POST',
    path: `${path}/:id/steps`,
    summary: { zh: `登记${type.label.zh}的办理环节或者更正`, en: 'Record a step or correct one' },
    action: ({ body }) => `${type.name}.${body.verb}`,
    on: type.name,
    params: byId,
    body: z.strictObject({
      verb: z.enum(verbs),
      partId: z.uuid().optional(),
      occurredAt,
      facts: z.record(z.string(), z.unknown()).default({}),
      replaces: z.uuid().optional(),
      reason: words.optional(),
      note: words.optional(),
      confirmed: z.boolean().optional(),
    }),
    handle: async ({ uow, params, body, caller }) => {
      const { verb, facts, replaces, reason, note, partId } = body;
      const input = {
        type: type.name,
        subject: params.id,
        verb,
        occurredAt: body.occurredAt,
        facts,
        ...(partId && { part: partId }),
        ...(replaces && { replaces }),
        ...(reason && { reason }),
        ...(note && { note }),
      };
      // before the row itself is held: whoever holds the ends of a relation waits for rows, never the other way round
      await asEngine(uow, () => holdEnds(uow, views.registry, [input]));
      await checkVersion(uow, views, type, params.id, caller, body.facts);
      if (body.replaces) await checkMayCorrect(uow, type, params.id);
      else if (type.steps[body.verb]?.opens)
        throw badInput('step.opens', { zh: '该环节只能用于新建', en: 'This step opens a new record' }, [
          { path: 'verb', zh: '该环节只能用于新建', en: 'opens a new record' },
        ]);
      const step = type.steps[body.verb];
      if (step)
        await checkReferences(
          uow,
          views.registry,
          tableOfStep(type, step),
          parseFacts(type, step, body.facts, !body.replaces),
        );
      const [done] = await asEngine(uow, () =>
        recordSteps(uow, views.registry, [input], {
          byHand: { confirmed: body.confirmed ?? false },
        }),
      );
      return {
        step: done?.step,
        seq: done?.seq,
        partId: done?.part ?? null,
        ...(await readBack(uow, views, type, params.id)),
      };
    },
  });

/** A form that was opened on an older version: both values are told, nothing is written. */
async function checkVersion(
  uow: UnitOfWork,
  views: Views,
  type: SubjectType,
  id: string,
  caller: RouteRequest['caller'],
  yours: Record<string, unknown>,
): Promise<void> {
  if (caller.ifMatch === null) return;
  const [row] = await uow.sql<{ version: number }>(
    `SELECT version FROM ${protectedName(type)} WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!row || row.version === caller.ifMatch) return;
  const current = await readRecord(uow, views, type, id);
  throw conflict(
    'record.stale',
    {
      zh: '该记录已被他人更新，请核对后重新提交',
      en: 'Somebody changed the record meanwhile: compare and submit again',
    },
    { version: row.version, sent: caller.ifMatch, current, yours },
  );
}

const protectedName = (type: SubjectType): string => `"${type.name}"`;

/** Recording a step and correcting one are two rights. @throws Problem 403 */
async function checkMayCorrect(uow: UnitOfWork, type: SubjectType, id: string): Promise<void> {
  const standing = (await standings(uow, uow.actor, type, [id])).get(id);
  if (!standing || !may(uow.actor, `${type.name}.correct`, standing))
    throw forbidden('access.denied', { zh: '没有权限更正此记录', en: 'You may not correct this record' });
}

/** What was written, as the writer may see it; a receipt where he may not. */
async function readBack(
  uow: UnitOfWork,
  views: Views,
  type: SubjectType,
  id: string,
): Promise<Record<string, unknown>> {
  const standing = (await standings(uow, uow.actor, type, [id])).get(id);
  if (standing && may(uow.actor, `${type.name}.read`, standing))
    return readRecord(uow, views, type, id, { standing, isTold: true });
  // a correction may have moved the record out of the writer's reach, where he no longer sees even its number
  const row = await asEngine(uow, () => rowOf(uow, type, id));
  return { id, version: row['version'], [type.number]: row[type.number] };
}

const vocabularyRoute = (views: Views): Route => {
  const all = vocabularyOf(views.registry);
  return route({
    method: 'GET',
    path: '/api/vocabulary',
    summary: { zh: '词汇：监督对象、环节、选项', en: 'Vocabulary' },
    action: 'session',
    handle: async () => all,
  });
};

const searchRoute = (views: Views): Route =>
  route({
    method: 'GET',
    path: '/api/search',
    costly: true,
    summary: { zh: '查询编号、姓名、内容', en: 'Search everything by number or name' },
    action: 'session',
    query: z.strictObject({ q: lineInput(100) }),
    handle: async ({ uow, query, reply }) => {
      const hits =
        views.registry.types.some((type) => mayAnywhere(uow.actor, `${type.name}.read`)) ||
        mayAnywhere(uow.actor, 'person.read')
          ? await searchEverything(uow, views, query.q)
          : [];
      tellRange(reply, 'hits', { offset: 0 }, hits.length, hits.length);
      return hits;
    },
  });
