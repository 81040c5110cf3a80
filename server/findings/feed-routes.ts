import { z } from 'zod';
import { reachParameter, unitWithin } from '../access/reach.ts';
import { badInput, conflict, notFound, type Text } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { instantInput } from '../kernel/input.ts';
import { locks } from '../kernel/locks.ts';
import { type Route, route } from '../kernel/route.ts';
import { paragraphInput } from '../kernel/text.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { feedResumed, feedStopped, feeds } from '../rules/feeds.ts';
import type { Engine } from '../rules/judge.ts';
import { bureaus, checkSecond, isBackwards, sparedBy, tellReleasing } from './backwards.ts';
import { holders, tell } from './notices.ts';

const code = z.strictObject({ code: z.enum(Object.keys(feeds)) });
const unitId = z.int().min(1).nullable().default(null);
const told = ['unit-head', 'unit-legal-officer', 'case-management-officer'];

interface Interval {
  feed: string;
  unitId: number | null;
  unitName: string | null;
  from: Date;
  to: Date | null;
}

/** 数据来源: when each outside feed delivered, for whom; an outage is told once, and makes duties undecidable instead of broken. */
export const feedRoutes = (engine: () => Engine | undefined): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/feeds',
    summary: { zh: '数据来源', en: 'Feeds' },
    action: 'feed.read',
    handle: async ({ uow, actor }) => {
      const reach = reachParameter(actor, 'feed.read');
      const intervals = await uow.sql<Interval>(
        `SELECT f.feed, f.unit_id AS "unitId", u.name AS "unitName", f.from_at AS "from", f.to_at AS "to"
         FROM feed_interval f LEFT JOIN unit u ON u.id = f.unit_id
         WHERE f.unit_id IS NULL OR $1::int[] IS NULL OR f.unit_id = ANY($1) ORDER BY f.feed, u.path NULLS FIRST, f.from_at`,
        [reach],
      );
      const unknown = await undecided(uow, reach);
      const waiting = await uow.sql<{ feed: string }>(
        `SELECT q.id, q.feed, q.unit_id AS "unitId", u.name AS "unitName", q.at, q.reason, p.name AS "askedByName", q.asked_by AS "askedBy"
           FROM feed_request q JOIN person p ON p.id = q.asked_by LEFT JOIN unit u ON u.id = q.unit_id
          WHERE q.released_at IS NULL AND (q.unit_id IS NULL OR $1::int[] IS NULL OR q.unit_id = ANY($1)) ORDER BY q.asked_at`,
        [reach],
      );
      return Object.entries(feeds).map(([name, { zh, en, byHand }]) => {
        const needing = (engine()?.rules ?? []).filter(({ rule }) => rule.needs.includes(name));
        const rules = [...new Set(needing.map(({ rule }) => rule.code))];
        return {
          id: name,
          label: { zh, en },
          byHand,
          rules,
          undecided: rules.reduce((sum, rule) => sum + (unknown.get(rule) ?? 0), 0),
          units: byUnit(intervals.filter((one) => one.feed === name)),
          requests: waiting.filter((one) => one.feed === name),
        };
      });
    },
  }),
  route({
    method: 'POST',
    path: '/api/feeds/:code/stop',
    summary: { zh: '登记数据中断', en: 'Report an outage' },
    action: 'feed.change',
    params: code,
    body: z.strictObject({ unitId, at: instantInput, reason: paragraphInput(500) }),
    handle: async ({ uow, params, body, reply }) => {
      const unit = await check(uow, params.code, body.unitId, body.at);
      if ((await standing(uow, params.code, unit))?.to != null)
        throw conflict('feed.stopped', { zh: '该数据来源已登记中断', en: 'This outage is on record already' }, {});
      if (isBackwards(uow, body.at)) {
        const id = await askFor(uow, params.code, unit, body);
        reply.status(202);
        return { stopped: false, request: id };
      }
      const judge = engine();
      if (!judge) throw notFound();
      await feedStopped(uow, judge, params.code, unit, body.at);
      uow.log({
        action: 'feed.stop',
        objectType: 'feed',
        objectId: params.code,
        occurredAt: body.at,
        changes: { unit },
        reason: body.reason,
      });
      await tellStopped(uow, params.code, unit, body.at);
      return { stopped: true };
    },
  }),
  route({
    method: 'POST',
    path: '/api/feeds/requests/:id/release',
    summary: { zh: '复核追溯登记的数据中断', en: 'Release an outage reported for the past' },
    action: 'feed.release',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ reason: paragraphInput(500) }),
    handle: async ({ uow, actor, params, body }) => {
      const [asked] = await uow.sql<{
        feed: string;
        unit_id: number | null;
        at: Date;
        asked_by: number;
        over: boolean;
      }>(
        'SELECT feed, unit_id, at, asked_by, released_at IS NOT NULL AS over FROM feed_request WHERE id = $1 FOR UPDATE',
        [params.id],
      );
      const judge = engine();
      if (!asked || !judge) throw notFound();
      if ((await unitWithin(uow, 'feed.release', asked.unit_id)) !== asked.unit_id) throw notFound();
      checkSecond(uow, asked.asked_by);
      if (asked.over) throw conflict('feed.released', { zh: '无需复核', en: 'It waits for nobody' }, {});
      await uow.sql('UPDATE feed_request SET released_by = $2, released_at = $3 WHERE id = $1', [
        params.id,
        actor.personId,
        uow.now,
      ]);
      const needing = judge.rules.filter(({ rule }) => rule.needs.includes(asked.feed)).map(({ rule }) => rule.code);
      const units = asked.unit_id === null ? null : [asked.unit_id];
      const spared = await sparedBy(uow, { rules: needing, units, from: asked.at, until: null });
      await hold(uow, asked.feed);
      await feedStopped(uow, judge, asked.feed, asked.unit_id, asked.at);
      await tellStopped(uow, asked.feed, asked.unit_id, asked.at);
      uow.log({
        action: 'feed.release',
        objectType: 'feed',
        objectId: asked.feed,
        occurredAt: asked.at,
        changes: { request: params.id, unit: asked.unit_id, spared },
        reason: body.reason,
      });
      return { stopped: true, spared };
    },
  }),
  route({
    method: 'POST',
    path: '/api/feeds/:code/resume',
    summary: { zh: '登记数据恢复', en: 'The feed delivers again' },
    action: 'feed.change',
    params: code,
    body: z.strictObject({ unitId, at: instantInput, caughtUp: z.boolean().default(false) }),
    handle: async ({ uow, params, body }) => {
      const unit = await check(uow, params.code, body.unitId, body.at);
      const last = await standing(uow, params.code, unit);
      if (!last || last.to === null)
        throw conflict('feed.delivers', { zh: '该数据来源没有中断', en: 'This feed delivers' }, {});
      if (body.at < last.to)
        throw badInput('feed.too-early', { zh: '恢复时间早于中断时间', en: 'Back before it stopped' }, [
          { path: 'body.at', zh: '早于中断时间', en: 'before it stopped' },
        ]);
      const judge = engine();
      if (!judge) throw notFound();
      await feedResumed(uow, judge, params.code, unit, body.at, body.caughtUp);
      uow.log({
        action: 'feed.resume',
        objectType: 'feed',
        objectId: params.code,
        occurredAt: body.at,
        changes: { unit, caughtUp: body.caughtUp },
      });
      const { zh, en } = nameOf(params.code);
      const cause = `feed ${params.code} ${unit ?? 0} ${body.at.getTime()}`;
      await tellOf(uow, unit, cause, {
        zh: `数据恢复：${zh}，相关应办事项已重新判定`,
        en: `${en} delivers again: its duties were judged anew`,
      });
      return { resumed: true };
    },
  }),
];

/** An outage of the past waits for a second person; those who might be that person are told. */
async function askFor(
  uow: UnitOfWork,
  feed: string,
  unit: number | null,
  { at, reason }: { at: Date; reason: string },
): Promise<string> {
  const id = newId(uow.now);
  await uow.sql(
    'INSERT INTO feed_request (id, feed, unit_id, at, reason, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, feed, unit, at, reason, uow.actor.personId, uow.now],
  );
  uow.log({ action: 'feed.ask', objectType: 'feed', objectId: feed, occurredAt: at, changes: { unit }, reason });
  const text = {
    zh: `${nameOf(feed).zh}补登中断，追溯既往，待复核后生效`,
    en: `An outage of ${nameOf(feed).en} is reported for the past: it waits for a second person`,
  };
  await tellReleasing(uow, unit === null ? null : [unit], text, '/feeds', `feed request ${id}`);
  return id;
}

/** Duties that cannot be judged now, by the rule; a rule's duties are counted at each feed that it needs. */
async function undecided(uow: UnitOfWork, reach: readonly number[] | null): Promise<Map<string, number>> {
  const rows = await uow.sql<{ code: string; n: number }>(
    `SELECT r.code, count(*) AS n FROM obligation o JOIN rule r ON r.id = o.rule_id
     WHERE o.verdict IN (1, 4, 6) AND o.verdict = 6 AND ($1::int[] IS NULL OR o.unit_id = ANY($1)) GROUP BY 1`,
    [reach],
  );
  return new Map(rows.map(({ code: rule, n }) => [rule, n]));
}

/** The last interval of exactly this unit, or of everybody; what a unit without one follows is not its own outage. */
async function standing(uow: UnitOfWork, feed: string, unit: number | null): Promise<{ to: Date | null } | undefined> {
  const [row] = await uow.sql<{ to: Date | null }>(
    'SELECT to_at AS "to" FROM feed_interval WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2 ORDER BY from_at DESC LIMIT 1',
    [feed, unit],
  );
  return row;
}

/** What is known of a feed stays so until this is done: stops and resumptions follow one another. */
const hold = (uow: UnitOfWork, feed: string) =>
  uow.sql('SELECT pg_advisory_xact_lock($1, hashtext($2))', [locks.feed, feed], { name: 'hold a feed' });

/** The unit whose feed it is, the feed held: whoever names none means all that he reaches. */
async function check(uow: UnitOfWork, feed: string, unit: number | null, when: Date): Promise<number | null> {
  if (when > uow.now)
    throw badInput('feed.future', { zh: '时间不能晚于现在', en: 'Not in the future' }, [
      { path: 'body.at', zh: '不能晚于现在', en: 'not in the future' },
    ]);
  if (unit !== null && (await uow.sql('SELECT 1 FROM unit WHERE id = $1', [unit])).length === 0) throw notFound();
  const within = await unitWithin(uow, 'feed.change', unit);
  await hold(uow, feed);
  return within;
}

const nameOf = (feed: string): Text => feeds[feed] ?? { zh: '', en: '' };

const tellStopped = (uow: UnitOfWork, feed: string, unit: number | null, at: Date): Promise<void> =>
  tellOf(uow, unit, `feed ${feed} ${unit ?? 0} ${at.getTime()}`, {
    zh: `数据异常：${nameOf(feed).zh}中断，相关应办事项暂无法判定，恢复后重新判定`,
    en: `No data from ${nameOf(feed).en}: its duties cannot be judged until it is back`,
  });

/** One notice to those who would else see a hundred hits. */
async function tellOf(uow: UnitOfWork, unit: number | null, cause: string, text: Text): Promise<void> {
  for (const id of unit === null ? await bureaus(uow) : [unit])
    await tell(uow, await holders(uow, id, told), text, '/feeds', cause);
}

function byUnit(intervals: readonly Interval[]) {
  const units = new Map<number | null, { unitId: number | null; unitName: string | null; intervals: Interval[] }>();
  for (const one of intervals) {
    const known = units.get(one.unitId) ?? { unitId: one.unitId, unitName: one.unitName, intervals: [] };
    units.set(one.unitId, known);
    known.intervals.push(one);
  }
  return [...units.values()].map(({ intervals: all, ...unit }) => ({
    ...unit,
    delivers: all.at(-1)?.to === null,
    outages: all.flatMap((one, i) => (one.to === null ? [] : [{ from: one.to, until: all[i + 1]?.from ?? null }])),
    since: all[0]?.from ?? null,
  }));
}
