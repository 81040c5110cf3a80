import { randomBytes } from 'node:crypto';

/** The occurrence of a rule that has one duty per subject (rule-language: the key of an occurrence). */
export const noOccurrence = '00000000-0000-0000-0000-000000000000';

let pool = Buffer.alloc(0);

/** Asking for chance is slow, whatever the amount: it is fetched for four hundred ids at once, and used once. */
function pooled(n: number): Uint8Array {
  if (pool.length < n) pool = randomBytes(4000);
  const taken = pool.subarray(0, n);
  pool = pool.subarray(n);
  return taken;
}

/**
 * A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 bits of chance.
 * The application makes ids so that the ledger can name a record before it is inserted.
 */
export function newId(at: Date, random: (n: number) => Uint8Array = pooled): string {
  const ms = at.getTime();
  const chance = random(10);
  const version = 0x70 | ((chance[0] ?? 0) & 0x0f);
  const variant = 0x80 | ((chance[2] ?? 0) & 0x3f);
  const hex = Buffer.from([version, chance[1] ?? 0, variant, ...chance.subarray(3, 10)]).toString('hex');
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
}
