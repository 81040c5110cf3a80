import { z } from 'zod';
import { conflict } from '../kernel/errors.ts';
import { instantInput } from '../kernel/input.ts';
import { listing, tellRange } from '../kernel/listing.ts';
import { type Route, route } from '../kernel/route.ts';
import { inUnitOfWork } from '../kernel/unit-of-work.ts';
import type { Body } from '../ledger/entry.ts';
import { type Verdict, verifyLedger } from '../ledger/verify.ts';
import { maskNarrative } from './masks.ts';
import { reachParameter } from './reach.ts';

/** A verification as it goes: `read` of `size` entries, then the verdict. */
interface Verification {
  startedAt: Date;
  by: string;
  read: number;
  size: number;
  endedAt: Date | null;
  verdict: Verdict | null;
  failed: boolean;
}

interface Row {
  body: Buffer;
  leaf_hash: Buffer;
}

/** Of whom an auditor below the city reads: what his units' people did, and what was done to their accounts. */
const within = `(ledger_unit(e.body) = ANY ($1)
  OR e.object_type = 'person' AND e.object_id IN (SELECT p.id::text FROM person p WHERE p.unit_id = ANY ($1))
  OR e.object_type = 'login' AND e.object_id IN (SELECT lower(p.login) FROM person p WHERE p.unit_id = ANY ($1)))`;

/**
 * The log for the security auditor: who did what and when, what was opened and refused, and whether it stands as it was
 * written. What a record says is none of his business: of those only the names of what changed are told.
 */
export function ledgerRoutes(isSubject: (type: string) => boolean): Route[] {
  let run: Verification | null = null;

  const shown = ({ body, leaf_hash }: Row) => {
    const { changes, reason, v: _v, log: _log, alg: _alg, prev: _prev, ...entry } = JSON.parse(body.toString()) as Body;
    const ofRecord = isSubject(entry.action.split('.')[0] ?? '');
    return {
      id: entry.seq,
      ...entry,
      ...(reason !== undefined && { reason: maskNarrative(reason) }),
      ...(changes && (ofRecord ? { changed: Object.keys(changes) } : { changes: cleaned(changes) })),
      leafHash: leaf_hash.toString('hex'),
    };
  };

  return [
    route({
      method: 'GET',
      path: '/api/ledger',
      summary: { zh: '防篡改日志', en: 'The ledger, newest first' },
      action: 'ledger.read',
      query: listing(
        {
          from: instantInput,
          to: instantInput,
          personId: z.int(),
          action: z.string().max(60),
          objectType: z.string().max(40),
          objectId: z.string().max(100),
          refused: z.boolean(),
          /** Entries older than this one: pages that do not move while the log grows. */
          before: z.int().min(0),
        },
        ['seq'],
        ['seq', 'DESC'],
      ),
      handle: async ({ uow, actor, query, reply }) => {
        const { from, to, personId, action, objectType, objectId, refused, before } = query.filter;
        const values: unknown[] = [reachParameter(actor, 'ledger.read')];
        const value = (one: unknown): string => `$${values.push(one)}`;
        const ways = [`($1::int[] IS NULL OR ${within})`];
        // the log's times only ever grow with its numbers
        if (from)
          ways.push(
            `e.seq >= coalesce((SELECT seq FROM ledger_entry WHERE recorded_at >= ${value(from)} ORDER BY recorded_at, seq LIMIT 1), 9223372036854775807)`,
          );
        if (to)
          ways.push(
            `e.seq < coalesce((SELECT seq FROM ledger_entry WHERE recorded_at >= ${value(to)} ORDER BY recorded_at, seq LIMIT 1), 9223372036854775807)`,
          );
        if (before !== undefined) ways.push(`e.seq < ${value(before)}`);
        if (personId !== undefined) ways.push(`ledger_actor(e.body) = ${value(personId)}`);
        if (action !== undefined) ways.push(`e.action = ${value(action)}`);
        if (objectType !== undefined) ways.push(`e.object_type = ${value(objectType)}`);
        if (objectId !== undefined) ways.push(`e.object_id = ${value(objectId)}`);
        if (refused === true) ways.push(`e.action IN ('access.refuse', 'session.refuse')`);
        const rows = await uow.sql<Row>(
          `SELECT e.body, e.leaf_hash FROM ledger_entry e WHERE ${ways.join(' AND ')}
            ORDER BY e.seq DESC LIMIT ${query.limit + 1} OFFSET ${query.offset}`,
          values,
        );
        const page = rows.slice(0, query.limit);
        // the log is long and only ever grows: whether there is more is told, not how much
        tellRange(reply, 'ledger', query, page.length, query.offset + rows.length);
        // who looks into the log is in the log; its further pages are the same look
        if (before === undefined && query.offset === 0)
          uow.log({ action: 'ledger.read', changes: { filter: query.filter } });
        return page.map(shown);
      },
    }),
    route({
      method: 'GET',
      path: '/api/ledger/verification',
      summary: { zh: '日志核验的进度与结果', en: 'How far the last verification is, and what it found' },
      action: 'ledger.verify',
      quiet: true,
      handle: async () => run,
    }),
    route({
      method: 'POST',
      path: '/api/ledger/verification',
      summary: { zh: '核验防篡改日志', en: 'Verify the ledger: starts, and is asked how far it is' },
      action: 'ledger.verify',
      body: z.strictObject({}),
      replay: false,
      handle: async ({ uow, actor, runtime, reply }) => {
        if (run && !run.endedAt)
          throw conflict('ledger.verifying', { zh: '核验正在进行', en: 'It is being verified already' });
        const mine: Verification = {
          startedAt: uow.now,
          by: actor.name,
          read: 0,
          size: 0,
          endedAt: null,
          verdict: null,
          failed: false,
        };
        run = mine;
        // outside of any transaction, chunk by chunk: whoever writes meanwhile waits for nothing
        const work = async () => {
          const verdict = await verifyLedger(runtime.database.sql, {
            progress: (read, size) => Object.assign(mine, { read, size }),
          });
          await inUnitOfWork(runtime, actor, async (later) => {
            const { ok, size, root, firstBad } = verdict;
            later.log({ action: 'ledger.verify', changes: { ok, size, root, ...(firstBad && { firstBad }) } });
          });
          Object.assign(mine, { verdict, size: verdict.size });
        };
        void work()
          .catch(() => Object.assign(mine, { failed: true }))
          .finally(() => Object.assign(mine, { endedAt: runtime.clock.now() }));
        reply.status(202);
        return mine;
      },
    }),
  ];
}

/** Entries of earlier releases may hold what people typed: numbers and plates in it are masked. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return maskNarrative(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]));
}
