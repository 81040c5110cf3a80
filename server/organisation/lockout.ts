import { createHmac, randomBytes } from 'node:crypto';
import { Problem } from '../kernel/errors.ts';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

/** trust.md §3.3 */
export const mostFailures = 5;
const lockMinutes = 30;

/** Failures from one address within a quarter of an hour, whatever the logins; an office behind one address must live with it. */
const mostFromAddress = 60;
const addressMinutes = 15;

/** How a typed login is looked up. */
export const loginKey = (login: string): string => login.trim().toLowerCase().slice(0, 100);

/** People type passwords into the wrong field: what is no login is kept as a hash that dies with the process. */
const secret = randomBytes(32);
export const strangerKey = (login: string): string =>
  `? ${createHmac('sha256', secret).update(loginKey(login)).digest('hex').slice(0, 32)}`;

/** Whose tries are counted: a login, apart from it each browser on which its owner has signed in before. */
export interface Tried {
  login: string;
  /** Hash of the known device's token; null on any other browser. */
  device: Buffer | null;
  address: string;
}

/**
 * Takes one of the tries of this login before the password is looked at, one caller after another: many guesses at
 * once must not all be verified. Unknown logins are counted alike. @throws Problem 429 while it is locked
 */
export async function takeTry(uow: UnitOfWork, { login, device, address }: Tried): Promise<number> {
  const counted = device ? `${login} ${device.toString('hex').slice(0, 16)}` : login;
  await uow.sql(`SELECT pg_advisory_xact_lock(${locks.login}, hashtext($1))`, [counted], { name: 'lock login' });
  const last = await uow.sql<{ at: Date }>(
    `SELECT at FROM login_attempt
      WHERE login = $1 AND NOT succeeded
        AND at > coalesce((SELECT max(at) FROM login_attempt WHERE login IN ($1, $3) AND succeeded), '-infinity')
      ORDER BY at DESC, id DESC LIMIT $2`,
    [counted, mostFailures, device ? login : counted],
    { name: 'failures' },
  );
  const newest = last[0]?.at;
  const oldest = last[mostFailures - 1]?.at;
  const lockMs = lockMinutes * 60_000;
  if (newest && oldest && newest.getTime() - oldest.getTime() < lockMs) {
    const left = newest.getTime() + lockMs - uow.now.getTime();
    if (left > 0) throw locked(left);
  }
  if (!device) await refuseAddress(uow, address);
  const [row] = await uow.sql<{ id: number }>(
    'INSERT INTO login_attempt (login, address, at, succeeded) VALUES ($1, $2, $3, false) RETURNING id',
    [counted, address, uow.now],
    { name: 'take try' },
  );
  return row?.id ?? 0;
}

async function refuseAddress(uow: UnitOfWork, address: string): Promise<void> {
  const since = new Date(uow.now.getTime() - addressMinutes * 60_000);
  const rows = await uow.sql<{ at: Date }>(
    'SELECT at FROM login_attempt WHERE address = $1 AND NOT succeeded AND at > $2 ORDER BY at DESC OFFSET $3 LIMIT 1',
    [address, since, mostFromAddress - 1],
    { name: 'failures of an address' },
  );
  const [oldest] = rows;
  if (oldest) throw locked(oldest.at.getTime() + addressMinutes * 60_000 - uow.now.getTime());
}

function locked(left: number): Problem {
  const minutes = Math.ceil(left / 60_000);
  return new Problem(
    429,
    'session.locked',
    { zh: `连续登录失败次数过多，请 ${minutes} 分钟后再试`, en: `Too many failures: try again in ${minutes} minutes` },
    { extra: { retryAfter: Math.ceil(left / 1000) } },
  );
}

/** The try was a success: earlier failures are forgotten. */
export async function succeed(uow: UnitOfWork, attempt: number): Promise<void> {
  await uow.sql('UPDATE login_attempt SET succeeded = true WHERE id = $1', [attempt], { name: 'succeed' });
}

/** The try was no guess: the password was right, and something else was wrong. It counts as if it had never been. */
export async function forgetTry(uow: UnitOfWork, attempt: number): Promise<void> {
  await uow.sql('DELETE FROM login_attempt WHERE id = $1 AND NOT succeeded', [attempt], { name: 'forget try' });
}

/** An administrator forgives the failures of a login. */
export async function unlock(uow: UnitOfWork, login: string): Promise<void> {
  await uow.sql(`INSERT INTO login_attempt (login, address, at, succeeded) VALUES ($1, 'unlocked', $2, true)`, [
    loginKey(login),
    uow.now,
  ]);
}
