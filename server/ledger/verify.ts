import type { Tx } from '../kernel/database.ts';
import { canonical } from './canonical.ts';
import type { Body } from './entry.ts';
import { noLeaf } from './ledger.ts';
import { type Algorithm, append, type Frontier, leafHash, rootOf } from './tree.ts';

/** What verifying found. */
export interface Verdict {
  ok: boolean;
  log: string;
  alg: Algorithm;
  /** Entries that the head claims. */
  size: number;
  /** Root computed from the stored bodies (hexadecimal), as far as they could be read. */
  root: string;
  firstBad?: BadEntry;
}

/** The first entry that does not stand as it was written; `until` where only a range of entries can be named. */
export interface BadEntry {
  seq: number;
  until?: number;
  why: string;
}

export interface VerifyOptions {
  /** Entries read at a time; 500 unless told. */
  chunk?: number;
  /** Told after each chunk how many entries were read. */
  progress?: (read: number, size: number) => void;
}

interface HeadRow {
  log: string;
  alg: Algorithm;
  size: number;
  root: Buffer;
  frontier: Buffer[];
  last_leaf: Buffer | null;
  last_recorded_at: Date | null;
  stray: number | null;
}

interface EntryRow {
  seq: number;
  recorded_at: Date;
  action: string;
  object_type: string | null;
  object_id: string | null;
  leaf_hash: Buffer;
  body: Buffer;
}

/**
 * Hashes every stored body again, never trusting a stored hash, and compares: dense numbers, chain, columns, tree and
 * head. Entries that are appended meanwhile are left for the next time. Whoever can rewrite the whole table and its
 * head is only found out by a checkpoint kept elsewhere.
 */
export async function verifyLedger(sql: Tx['sql'], options: VerifyOptions = {}): Promise<Verdict> {
  const [head] = await sql<HeadRow>(
    `SELECT h.*, (SELECT min(seq) FROM ledger_entry WHERE seq < 0 OR seq >= h.size) AS stray FROM ledger_head h`,
  );
  if (!head) {
    const firstBad = { seq: 0, why: 'the head of the log is missing' };
    return { ok: false, log: '', alg: 'sha256', size: 0, root: '', firstBad };
  }
  const walk = walkOf(head);
  const firstBad = (await readEntries(sql, head, walk, options)) ?? strayEntry(head) ?? wrongHead(head, walk);
  return {
    ok: firstBad === undefined,
    log: head.log,
    alg: head.alg,
    size: head.size,
    root: rootOf(walk.frontier, head.alg).toString('hex'),
    ...(firstBad && { firstBad }),
  };
}

interface Walk {
  log: string;
  alg: Algorithm;
  frontier: Frontier;
  prev: string;
  recordedAt: Date | null;
}

function walkOf({ log, alg }: HeadRow): Walk {
  return { log, alg, frontier: { size: 0, peaks: [] }, prev: noLeaf, recordedAt: null };
}

async function readEntries(
  sql: Tx['sql'],
  { size }: HeadRow,
  walk: Walk,
  { chunk = 500, progress }: VerifyOptions,
): Promise<BadEntry | undefined> {
  while (walk.frontier.size < size) {
    const from = walk.frontier.size;
    const rows = await sql<EntryRow>(
      `SELECT seq, recorded_at, action, object_type, object_id, leaf_hash, body FROM ledger_entry
       WHERE seq >= $1 AND seq < $2 ORDER BY seq`,
      [from, Math.min(from + chunk, size)],
    );
    for (let seq = from; seq < Math.min(from + chunk, size); seq += 1) {
      const row = rows[seq - from];
      const bad = row?.seq === seq ? badEntry(row, walk) : { seq, why: 'the entry is missing' };
      if (bad) return bad;
    }
    progress?.(walk.frontier.size, size);
  }
  return undefined;
}

/** Takes the entry into the walk, or says what is wrong with it. */
function badEntry(row: EntryRow, walk: Walk): BadEntry | undefined {
  const { seq } = row;
  const leaf = leafHash(row.body, walk.alg);
  if (!leaf.equals(row.leaf_hash)) return { seq, why: 'the body is not the one that was hashed' };
  const body = parsed(row.body);
  if (!body) return { seq, why: 'the body is not canonical JSON' };
  if (body.log !== walk.log) return { seq, why: `the entry belongs to another log: ${body.log}` };
  if (body.seq !== seq) return { seq, why: `the entry was written as number ${body.seq}` };
  if (body.alg !== walk.alg) return { seq, why: `the entry was hashed with ${body.alg}` };
  if (body.prev !== walk.prev) {
    // its own number and hash are right, so it is the one before that is no longer what this one was chained to
    return seq === 0
      ? { seq, why: 'something was before the first entry' }
      : { seq: seq - 1, why: 'the entry is not the one that the next one was chained to' };
  }
  const recordedAt = new Date(body.recordedAt);
  if (walk.recordedAt && recordedAt < walk.recordedAt)
    return { seq, why: 'the entry is recorded before the one before it' };
  const column = wrongColumn(row, body);
  if (column) return { seq, why: `column ${column} is not what the body says` };

  append(walk.frontier, leaf, walk.alg);
  walk.prev = leaf.toString('hex');
  walk.recordedAt = recordedAt;
  return undefined;
}

function parsed(bytes: Buffer): Body | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return Buffer.from(canonical(value)).equals(bytes) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

function wrongColumn(row: EntryRow, body: Body): string | undefined {
  if (row.recorded_at.toISOString() !== body.recordedAt) return 'recorded_at';
  if (row.action !== body.action) return 'action';
  if (row.object_type !== (body.object?.type ?? null)) return 'object_type';
  if (row.object_id !== (body.object?.id ?? null)) return 'object_id';
  return undefined;
}

function strayEntry({ stray, size }: HeadRow): BadEntry | undefined {
  return stray === null ? undefined : { seq: stray, why: `the entry lies outside of the ${size} that the head knows` };
}

/** Bodies and chain are sound in themselves: then it is the whole of them that must be what the head says. */
function wrongHead(head: HeadRow, { frontier, prev, recordedAt, alg }: Walk): BadEntry | undefined {
  const { size } = head;
  let from = 0;
  for (const [i, peak] of frontier.peaks.entries()) {
    const entries = 2 ** Math.floor(Math.log2(size - from));
    const until = from + entries - 1;
    const kept = head.frontier[i];
    if (!kept?.equals(peak))
      return { seq: from, until, why: 'of these entries one was rewritten, with all hashes after it' };
    from += entries;
  }
  const wrong = (why: string) => ({ seq: size, why: `the head of the log is wrong: ${why}` });
  if (head.frontier.length !== frontier.peaks.length) return wrong('it has more subtrees than entries');
  if (!head.root.equals(rootOf(frontier, alg))) return wrong('its root is not that of its entries');
  if ((head.last_leaf?.toString('hex') ?? noLeaf) !== prev) return wrong('its last entry is another');
  if (head.last_recorded_at?.getTime() !== recordedAt?.getTime())
    return wrong('its last entry was recorded at another time');
  return undefined;
}
