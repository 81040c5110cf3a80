import { Problem } from '../kernel/errors.ts';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';

/** trust.md §3.3 */
export const mostFailures = 5;
const lockMinutes = 30;

/** How a typed login is counted and looked up. */
export const loginKey = (login: string): string => login.trim().toLowerCase().slice(0, 100);

/**
 * Takes one of the tries of this login before the password is looked at, one caller after another: many guesses at
 * once must not all be verified. Unknown logins are counted alike. @throws Problem 429 while it is locked
 */
export async function takeTry(uow: UnitOfWork, login: string, address: string): Promise<number> {
  await uow.sql(`SELECT pg_advisory_xact_lock(${locks.login}, hashtext($1))`, [login], { name: 'lock login' });
  const last = await uow.sql<{ at: Date }>(
    `SELECT at FROM login_attempt
      WHERE login = $1 AND NOT succeeded
        AND at > coalesce((SELECT max(at) FROM login_attempt WHERE login = $1 AND succeeded), '-infinity')
      ORDER BY at DESC, id DESC LIMIT $2`,
    [login, mostFailures],
    { name: 'failures' },
  );
  const newest = last[0]?.at;
  const oldest = last[mostFailures - 1]?.at;
  const lockMs = lockMinutes * 60_000;
  if (newest && oldest && newest.getTime() - oldest.getTime() < lockMs) {
    const left = newest.getTime() + lockMs - uow.now.getTime();
    if (left > 0) throw locked(left);
  }
  const [row] = await uow.sql<{ id: number }>(
    'INSERT INTO login_attempt (login, address, at, succeeded) VALUES ($1, $2, $3, false) RETURNING id',
    [login, address, uow.now],
    { name: 'take try' },
  );
  return row?.id ?? 0;
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

/** An administrator forgives the failures of a login. */
export async function unlock(uow: UnitOfWork, login: string): Promise<void> {
  await uow.sql(`INSERT INTO login_attempt (login, address, at, succeeded) VALUES ($1, 'unlocked', $2, true)`, [
    loginKey(login),
    uow.now,
  ]);
}
