import { createHash } from 'node:crypto';
import { badInput, Problem } from './errors.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** The answer to a mutation, kept beside its Idempotency-Key in the same transaction as what it did. */
export interface Answered {
  status: number;
  answer: unknown;
}

/** @throws Problem 400 when the header is missing or malformed */
export function checkKey(key: string | undefined): string {
  if (key && /^[\x21-\x7e]{8,200}$/.test(key)) return key;
  throw new Problem(400, 'request.idempotency-key', {
    zh: '缺少有效的 Idempotency-Key（8 至 200 个可见字符）',
    en: 'An Idempotency-Key of 8 to 200 visible characters is compulsory',
  });
}

/** What makes two requests the same: method, address, version seen and the exact bytes. */
export const requestHash = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest();
};

/**
 * Takes the key for this unit of work; a second request with it waits here until the first has committed.
 * @returns the stored answer when the same request was answered before
 * @throws Problem 422 when the key was used for another request
 */
export async function takeKey(uow: UnitOfWork, key: string, request: Buffer): Promise<Answered | null> {
  const taken = await uow.sql(
    'INSERT INTO idempotency (person_id, key, request, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key',
    [uow.actor.personId, key, request, uow.now],
    { name: 'take key' },
  );
  if (taken.length > 0) return null;
  const [row] = await uow.sql<Answered & { request: Buffer }>(
    'SELECT request, status, answer FROM idempotency WHERE person_id = $1 AND key = $2',
    [uow.actor.personId, key],
    { name: 'stored answer' },
  );
  if (!row?.request.equals(request)) {
    throw badInput('request.key-reused', {
      zh: '同一个 Idempotency-Key 不能用于另一个请求',
      en: 'This Idempotency-Key was used for another request',
    });
  }
  return { status: row.status ?? 200, answer: row.answer };
}

export async function keepAnswer(uow: UnitOfWork, key: string, { status, answer }: Answered): Promise<void> {
  await uow.sql(
    'UPDATE idempotency SET status = $3, answer = $4 WHERE person_id = $1 AND key = $2',
    [uow.actor.personId, key, status, JSON.stringify(answer ?? null)],
    { name: 'keep answer' },
  );
}

/** Nobody repeats a request after two days. */
export async function forgetAnswers(uow: UnitOfWork): Promise<void> {
  await uow.sql('DELETE FROM idempotency WHERE at < $1', [new Date(uow.now.getTime() - 48 * 3_600_000)], {
    name: 'forget answers',
  });
}
