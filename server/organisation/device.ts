import { createHash, randomBytes } from 'node:crypto';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Days that a browser is remembered after the last sign-in on it. */
export const deviceDays = 180;

/** The hash of this browser's token where this person has signed in on it before; null elsewhere. */
export async function knownDevice(uow: UnitOfWork, personId: number, token: string): Promise<Buffer | null> {
  if (!token) return null;
  const rows = await uow.sql(
    `SELECT 1 FROM known_device WHERE token_hash = $1 AND person_id = $2 AND seen_at > $3::timestamptz - make_interval(days => ${deviceDays})`,
    [hashOf(token), personId, uow.now],
    { name: 'known device' },
  );
  return rows.length > 0 ? hashOf(token) : null;
}

/** Remembers this browser for this person; several people of one browser each have a token of their own in turn. */
export async function rememberDevice(uow: UnitOfWork, personId: number, token: string): Promise<string> {
  if (await knownDevice(uow, personId, token)) {
    await uow.sql('UPDATE known_device SET seen_at = $2 WHERE token_hash = $1', [hashOf(token), uow.now]);
    return token;
  }
  const made = randomBytes(32).toString('base64url');
  await uow.sql('INSERT INTO known_device (token_hash, person_id, made_at, seen_at) VALUES ($1, $2, $3, $3)', [
    hashOf(made),
    personId,
    uow.now,
  ]);
  return made;
}
