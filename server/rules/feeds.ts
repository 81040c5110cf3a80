import { dayOf, endOf } from '../kernel/calendar.ts';
import type { Tx } from '../kernel/database.ts';
import { ruleItself, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { wakeOnCommit } from '../kernel/wake.ts';
import { startRun } from './everything.ts';
import { feeds } from './feed-codes.ts';
import type { Engine } from './judge.ts';
import { judgedRules } from './judge.ts';

export { feeds } from './feed-codes.ts';

const always = endOf(dayOf('1999-12-31'));

/** Makes the feeds known; those entered by hand deliver from the start. Runs at every start and changes nothing later. */
export async function syncFeeds(tx: Tx, needed: readonly string[] = Object.keys(feeds)): Promise<void> {
  for (const code of needed) {
    const made = await tx.sql('INSERT INTO feed (code, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code', [
      code,
      feeds[code]?.zh ?? code,
    ]);
    if (made.length > 0 && feeds[code]?.byHand)
      await tx.sql('INSERT INTO feed_interval (feed, from_at) VALUES ($1, $2)', [code, always]);
  }
}

/**
 * When a feed delivered, for one unit and what lies below it, or for everybody (null). The nearest unit that has
 * intervals of its own speaks for itself: a station whose docking station failed stands apart from its bureau.
 */
export interface Delivery {
  feed: string;
  unitId: number | null;
  from: Date;
  /** null: it still does. */
  to: Date | null;
}

/**
 * Replaces what is known of one feed and unit, and has the duties judged again that a change can reach: verdicts that
 * were unknown become known when the data comes, and broken ones unknown when it turns out that it never did.
 */
export async function setDeliveries(
  uow: UnitOfWork,
  engine: Engine,
  feed: string,
  unitId: number | null,
  deliveries: readonly Omit<Delivery, 'feed' | 'unitId'>[],
): Promise<void> {
  await uow.sql('DELETE FROM feed_interval WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2', [feed, unitId]);
  await uow.sql(
    `INSERT INTO feed_interval (feed, unit_id, from_at, to_at) SELECT $1, $2, f, t FROM unnest($3::timestamptz[], $4::timestamptz[]) AS d (f, t)`,
    [feed, unitId, deliveries.map(({ from }) => from), deliveries.map(({ to }) => to)],
  );
  await feedChanged(uow, engine, feed, unitId, always);
}

/**
 * A feed stopped: nothing came from `at` on. A unit that had no intervals of its own takes those that held for it, so
 * that what it stands apart in is this outage alone.
 */
export async function feedStopped(
  uow: UnitOfWork,
  engine: Engine,
  feed: string,
  unitId: number | null,
  at: Date,
): Promise<void> {
  if (unitId !== null) await standApart(uow, feed, unitId);
  await uow.sql('DELETE FROM feed_interval WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2 AND from_at >= $3', [
    feed,
    unitId,
    at,
  ]);
  await uow.sql(
    'UPDATE feed_interval SET to_at = $3 WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2 AND (to_at IS NULL OR to_at > $3)',
    [feed, unitId, at],
  );
  // a unit without any interval would fall back to those above it
  await uow.sql(
    `INSERT INTO feed_interval (feed, unit_id, from_at, to_at) SELECT $1, $2, $3::timestamptz, $3::timestamptz + interval '1 millisecond'
     WHERE NOT EXISTS (SELECT FROM feed_interval WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2)`,
    [feed, unitId, always],
  );
  await feedChanged(uow, engine, feed, unitId, at);
}

async function standApart(uow: UnitOfWork, feed: string, unitId: number): Promise<void> {
  await uow.sql(
    `INSERT INTO feed_interval (feed, unit_id, from_at, to_at)
     SELECT $1, $2, f.from_at, f.to_at FROM unit u JOIN feed_interval f ON f.feed = $1 AND f.unit_id IS NOT DISTINCT FROM
       (SELECT g.unit_id FROM feed_interval g WHERE g.feed = $1 AND (g.unit_id IS NULL OR g.unit_id = ANY(u.path)) ORDER BY array_position(u.path, g.unit_id) DESC NULLS LAST LIMIT 1)
     WHERE u.id = $2 AND NOT EXISTS (SELECT FROM feed_interval o WHERE o.feed = $1 AND o.unit_id = $2)`,
    [feed, unitId],
  );
}

/** A feed delivers again; `caughtUp` when it also brought what it had missed. */
export async function feedResumed(
  uow: UnitOfWork,
  engine: Engine,
  feed: string,
  unitId: number | null,
  at: Date,
  caughtUp: boolean,
): Promise<void> {
  const mended = caughtUp
    ? await uow.sql<{ stopped: Date | null }>(
        `WITH last AS (SELECT id, to_at FROM feed_interval WHERE feed = $1 AND unit_id IS NOT DISTINCT FROM $2 AND from_at <= $3 ORDER BY from_at DESC LIMIT 1)
         UPDATE feed_interval f SET to_at = NULL FROM last WHERE f.id = last.id RETURNING last.to_at AS stopped`,
        [feed, unitId, at],
      )
    : [];
  if (mended.length === 0)
    await uow.sql('INSERT INTO feed_interval (feed, unit_id, from_at) VALUES ($1, $2, $3)', [feed, unitId, at]);
  await feedChanged(uow, engine, feed, unitId, mended[0]?.stopped ?? at);
}

/** More than so many duties are not judged while a request waits. */
export const mostAtOnce = 1000;

/**
 * Met in time stays met, whatever the feeds: only the other verdicts of the rules that need the feed are judged again,
 * of the units that the feed is about and of duties that were not over before `since`. Many are a run of their own.
 */
async function feedChanged(
  uow: UnitOfWork,
  engine: Engine,
  feed: string,
  unitId: number | null,
  since: Date,
): Promise<void> {
  const rules = judgedRules(engine.rules).filter(({ rule }) => rule.needs.includes(feed));
  if (rules.length === 0) return;
  const ids = [...new Set(rules.map(({ id }) => id))];
  const rows = await uow.sql<{ type: number; id: string }>(
    `SELECT o.subject_type AS type, o.subject_id AS id FROM obligation o
      WHERE o.rule_id = ANY($1::smallint[]) AND o.verdict IN (1, 3, 4, 6) AND (o.due_at IS NULL OR o.due_at >= $3)
        AND ($2::int IS NULL OR o.unit_id IN (SELECT u.id FROM unit u WHERE u.path @> ARRAY[$2::int])) LIMIT ${mostAtOnce + 1}`,
    [ids, unitId, since],
  );
  const facts = ids.map(ruleItself);
  const typeOf = (code: number): string => engine.registry.coded(code).name;
  if (rows.length <= mostAtOnce) return uow.changed(rows.map(({ type, id }) => ({ type: typeOf(type), id, facts })));
  const types = [...new Set(rules.map(({ rule }) => rule.subject))];
  await startRun(uow, engine.registry, `feed ${feed}`, types, { rules: ids, duties: { unitId, since } });
  await wakeOnCommit(uow, 'judge');
}
