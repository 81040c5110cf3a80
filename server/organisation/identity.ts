import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import { conflict, type Problem } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

/** What identity numbers are hashed with: 32 random bytes that never enter the database. */
export type IdentityKey = Buffer;

const keyLength = 32;
const setting = 'identity-key';

/** Invented people have invented numbers: theirs protects nobody. */
export const demonstrationKey: IdentityKey = createHash('sha256').update('mingjing demonstration').digest();

/** The key of this installation, made when it is first asked for: `identity.key` in its folder, for its owner's eyes alone. */
export function identityKeyOf({ home, mode }: Pick<Config, 'home' | 'mode'>): IdentityKey {
  if (mode === 'demonstration') return demonstrationKey;
  const file = join(home, 'identity.key');
  try {
    mkdirSync(home, { recursive: true });
    writeFileSync(file, randomBytes(keyLength), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(file);
  if (key.length !== keyLength)
    throw new Error(`${file} 不是 ${keyLength} 字节的密钥 · is no key of ${keyLength} bytes`);
  return key;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** Blanks, hyphens and full width are how people type it; the rest is the number of GB 11643. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase();

/** The last of the eighteen, of the first seventeen. */
export const checkDigit = (body: string): string =>
  checks[weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0) % 11] ?? '';

/** Whether a folded number has the form, the date and the check digit of GB 11643-1999. */
export function isIdentityNumber(number: string): boolean {
  if (!/^\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(number)) return false;
  return checkDigit(number.slice(0, 17)) === number[17];
}

/** An identity number as a field of a form; what comes out is folded. */
export const identityNumber = z
  .string()
  .max(60)
  .transform(folded)
  .refine(isIdentityNumber, '公民身份号码不正确‖not an identity number');

/** HMAC-SHA-256 of a folded number: without the key neither looked up nor guessed. */
export const identityHash = (key: IdentityKey, number: string): Buffer =>
  createHmac('sha256', key).update(`mingjing identity\0${number}`).digest();

const otherKey = (): Problem =>
  conflict('identity.other-key', {
    zh: '本服务器的身份密钥（identity.key）与数据库不符，请先恢复原来的密钥文件',
    en: 'The identity key of this server is not the one of the database: bring the file identity.key back first',
  });

/**
 * The hash to be stored of a number. A database knows the fingerprint of the key it began with: under another one the
 * same human would look like two. @throws Problem 409
 */
export async function hashIdentity(
  uow: UnitOfWork,
  key: IdentityKey | undefined,
  number: string | null | undefined,
): Promise<Buffer | null> {
  if (number == null) return null;
  if (!key) throw otherKey();
  const fingerprint = createHash('sha256').update('fingerprint\0').update(key).digest('hex').slice(0, 16);
  await uow.sql('INSERT INTO setting (key, value) VALUES ($1, to_jsonb($2::text)) ON CONFLICT DO NOTHING', [
    setting,
    fingerprint,
  ]);
  const [row] = await uow.sql<{ kept: string }>(`SELECT value #>> '{}' AS kept FROM setting WHERE key = $1`, [setting]);
  if (row?.kept !== fingerprint) throw otherKey();
  return identityHash(key, number);
}
