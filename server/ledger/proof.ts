import type { Tx } from '../kernel/database.ts';
import { proveConsistency, proveInclusion } from './tree.ts';

/**
 * Proof (hexadecimal hashes) that entry `seq` is in the log of `size` entries, for whoever holds its body and that
 * tree's root. Reads the stored leaf hashes, so verify first. Throws RangeError outside of the log.
 */
export async function inclusionProof(sql: Tx['sql'], seq: number, size: number): Promise<string[]> {
  return hex(proveInclusion(seq, await leavesOf(sql, size)));
}

/** Proof (hexadecimal hashes) that the log of `size` entries only added to what it was at `first`. Throws RangeError. */
export async function consistencyProof(sql: Tx['sql'], first: number, size: number): Promise<string[]> {
  return hex(proveConsistency(first, await leavesOf(sql, size)));
}

async function leavesOf(sql: Tx['sql'], size: number): Promise<Buffer[]> {
  const rows = await sql<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM ledger_entry WHERE seq < $1 ORDER BY seq', [
    size,
  ]);
  if (rows.length !== size) throw new RangeError(`the log has ${rows.length} of ${size} entries`);
  return rows.map(({ leaf_hash }) => leaf_hash);
}

function hex(hashes: Buffer[]): string[] {
  return hashes.map((hash) => hash.toString('hex'));
}
