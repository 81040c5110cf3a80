import type { Tx } from '../kernel/database.ts';
import { type Actor, inUnitOfWork, type LedgerEntry, type Runtime, type UnitOfWork } from '../kernel/unit-of-work.ts';
import { type Body, bodyOf, columnsOf } from './entry.ts';
import { type Algorithm, append, type Frontier, leafHash, rootOf } from './tree.ts';

/** Evidence for whoever acted: where his entry stands and its leaf hash (hexadecimal). */
export interface Receipt {
  seq: number;
  leafHash: string;
}

/** The state of the log; hashes are hexadecimal. `size` entries, seq 0 to size - 1, hash to `root`. */
export interface LedgerHead {
  log: string;
  alg: Algorithm;
  size: number;
  root: string;
  recordedAt: Date | null;
}

interface HeadRow {
  log: string;
  alg: Algorithm;
  size: number;
  root: Buffer;
  frontier: Buffer[];
  last_leaf: Buffer | null;
  last_recorded_at: Date | null;
}

/** What the first entry has before it. */
export const noLeaf = '0'.repeat(64);

/**
 * Appends entries in the transaction of what they tell of: no audit, no action. Takes the log's lock, so it comes last
 * and nothing slow may follow before the commit. The time of recording never goes back, whatever the clock does.
 */
export async function appendEntries(uow: UnitOfWork, entries: readonly LedgerEntry[]): Promise<Receipt[]> {
  if (entries.length === 0) return [];
  const [head] = await uow.sql<HeadRow>('SELECT * FROM ledger_lock()', [], { name: 'ledger-lock' });
  if (!head) throw new Error('the ledger has no head');
  const { log, alg, size, last_leaf, last_recorded_at } = head;
  const recordedAt = last_recorded_at && last_recorded_at > uow.now ? last_recorded_at : uow.now;

  const frontier: Frontier = { size, peaks: [...head.frontier] };
  let prev = last_leaf?.toString('hex') ?? noLeaf;
  const [leaves, bodies]: [Buffer[], Buffer[]] = [[], []];
  for (const entry of entries) {
    const body = bodyOf(entry, uow.actor, { log, seq: frontier.size, alg, prev, recordedAt });
    const leaf = leafHash(body, alg);
    append(frontier, leaf, alg);
    prev = leaf.toString('hex');
    leaves.push(leaf);
    bodies.push(body);
  }

  const columns = entries.map(columnsOf);
  await uow.sql(
    'SELECT ledger_append($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      size,
      recordedAt,
      columns.map(({ action }) => action),
      columns.map(({ type }) => type),
      columns.map(({ id }) => id),
      leaves,
      bodies,
      rootOf(frontier, alg),
      frontier.peaks,
    ],
    { name: 'ledger-append' },
  );
  return leaves.map((leaf, i) => ({ seq: size + i, leafHash: leaf.toString('hex') }));
}

/** Records what was refused, or what failed, in a transaction of its own: it stays although the request fails. */
export async function logRefusal(runtime: Runtime, actor: Actor, entry: LedgerEntry): Promise<void> {
  await inUnitOfWork(runtime, actor, async (uow) => uow.log(entry));
}

/** The log as it stands now, for the number and root that a paper is printed with. */
export async function ledgerHead(sql: Tx['sql']): Promise<LedgerHead> {
  const [row] = await sql<HeadRow>('SELECT * FROM ledger_head');
  if (!row) throw new Error('the ledger has no head');
  const { log, alg, size, root, last_recorded_at } = row;
  return { log, alg, size, root: root.toString('hex'), recordedAt: last_recorded_at };
}

/** An entry as it is shown, with its leaf hash. */
export interface LedgerRecord extends Body {
  leafHash: string;
}

/** What the log tells of one object, oldest first; at most `limit` entries, from `after` on. */
export async function entriesOf(
  sql: Tx['sql'],
  object: { type: string; id: string },
  page: { after?: number; limit?: number } = {},
): Promise<LedgerRecord[]> {
  const rows = await sql<{ body: Buffer; leaf_hash: Buffer }>(
    `SELECT body, leaf_hash FROM ledger_entry WHERE object_id = $1 AND object_type = $2 AND seq > $3
     ORDER BY seq LIMIT $4`,
    [object.id, object.type, page.after ?? -1, page.limit ?? 200],
  );
  return rows.map(({ body, leaf_hash }) => ({
    ...(JSON.parse(body.toString()) as Body),
    leafHash: leaf_hash.toString('hex'),
  }));
}
