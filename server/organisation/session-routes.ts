import { z } from 'zod';
import { badInput, Problem, unauthorised } from '../kernel/errors.ts';
import { forgetAnswers } from '../kernel/replay.ts';
import { type Caller, type Route, route } from '../kernel/route.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { deviceDays, knownDevice, rememberDevice } from './device.ts';
import { forgetTry, loginKey, strangerKey, succeed, takeTry, unlock } from './lockout.ts';
import { hashPassword, isPassword, type PasswordCost } from './password.ts';
import { checkNewPassword } from './password-strength.ts';
import { actorOfPerson, endSession, endSessionsOf, startSession } from './session.ts';

export interface SessionOptions {
  cookieName: string;
  passwordCost: PasswordCost;
  /** Actions that the actor's roles allow somewhere, for menus and buttons. */
  actionsOf: (actor: Actor) => string[];
}

interface Account {
  id: number;
  login: string;
  number: string;
  name: string;
  password_hash: string | null;
  disabled_at: Date | null;
  must_change_password: boolean;
}

const wrong = (): Problem =>
  new Problem(401, 'session.wrong-password', { zh: '登录名或者密码不正确', en: 'Wrong login or password' });

/** Sign-in, sign-out, who am I, password. */
export function sessionRoutes(options: SessionOptions): Route[] {
  const cookie = (caller: Caller, token: string): string =>
    `${options.cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict${caller.secure ? '; Secure' : ''}${token ? '' : '; Max-Age=0'}`;

  const deviceCookie = (caller: Caller, token: string): string =>
    `${options.cookieName}-device=${token}; Path=/; HttpOnly; SameSite=Strict${caller.secure ? '; Secure' : ''}; Max-Age=${deviceDays * 86_400}`;

  const signIn = route({
    method: 'POST',
    path: '/api/session',
    summary: { zh: '登录', en: 'Sign in' },
    action: 'public',
    replay: false,
    transaction: 'own',
    limit: 4096,
    body: z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(500) }),
    handle: async ({ body, within, caller, reply }) => {
      const account = await within((uow) => accountOf(uow, loginKey(body.login)));
      // what is no login may be somebody's password: neither the list of tries nor the ledger keeps it
      const login = account ? loginKey(account.login) : strangerKey(body.login);
      const attempt = await within(async (uow) => {
        const device = account ? await knownDevice(uow, account.id, caller.device) : null;
        return takeTry(uow, { login, device, address: caller.address });
      });
      // hashing happens outside of any transaction: a crowd at the door must not hold the connections
      const isRight = await isPassword(
        body.password,
        account?.disabled_at ? null : (account?.password_hash ?? null),
        options.passwordCost,
      );
      if (!isRight || !account) {
        // strangers' names are no matter of the ledger; the tries of an account that exists are bounded by its lock
        if (account)
          await within(async (uow) =>
            uow.log({
              action: 'session.refuse',
              objectType: 'login',
              objectId: login,
              changes: { address: caller.address },
            }),
          );
        throw wrong();
      }
      return within(async (uow) => {
        await succeed(uow, attempt);
        // a good moment to tidy up: often enough, and never in the way of work
        await forgetAnswers(uow);
        if (caller.token) await endSession(uow, caller.token);
        const { token, csrf } = await startSession(uow, account.id, caller);
        const actor = await actorOfPerson(uow, account.id, uow.now);
        if (!actor) throw wrong();
        uow.log({
          action: 'session.start',
          objectType: 'person',
          objectId: String(account.id),
          changes: { address: caller.address },
        });
        reply.cookie(cookie(caller, token));
        reply.cookie(deviceCookie(caller, await rememberDevice(uow, account.id, caller.device)));
        return view(uow, actor, csrf, account.must_change_password, options);
      });
    },
  });

  const read = route({
    method: 'GET',
    path: '/api/session',
    summary: { zh: '当前登录人', en: 'Who is signed in' },
    action: 'session',
    beforePasswordChange: true,
    handle: async ({ uow, actor, caller }) => {
      const [row] = await uow.sql<{ csrf: string; must: boolean }>(
        `SELECT s.csrf, p.must_change_password AS must FROM session s JOIN person p ON p.id = s.person_id
          WHERE s.id_hash = sha256(convert_to($1, 'UTF8'))`,
        [caller.token],
      );
      if (!row) throw unauthorised();
      return view(uow, actor, row.csrf, row.must, options);
    },
  });

  const signOut = route({
    method: 'DELETE',
    path: '/api/session',
    summary: { zh: '退出登录', en: 'Sign out' },
    action: 'session',
    replay: false,
    beforePasswordChange: true,
    handle: async ({ uow, actor, caller, reply }) => {
      await endSession(uow, caller.token);
      uow.log({ action: 'session.end', objectType: 'person', objectId: String(actor.personId) });
      reply.cookie(cookie(caller, ''));
      return {};
    },
  });

  const changePassword = route({
    method: 'POST',
    path: '/api/session/password',
    summary: { zh: '修改密码', en: 'Change the password' },
    action: 'session',
    replay: false,
    transaction: 'own',
    beforePasswordChange: true,
    body: z.strictObject({ current: z.string().min(1).max(500), next: z.string().min(1).max(500) }),
    handle: async ({ body, within, actor, caller, reply }) => {
      const account = await within((uow) => accountOf(uow, null, actor.personId));
      const attempt =
        account &&
        (await within(async (uow) => {
          const device = await knownDevice(uow, account.id, caller.device);
          return takeTry(uow, { login: loginKey(account.login), device, address: caller.address });
        }));
      if (
        !account ||
        attempt == null ||
        !(await isPassword(body.current, account.password_hash, options.passwordCost))
      ) {
        throw new Problem(
          422,
          'password.wrong',
          { zh: '原密码不正确', en: 'The current password is wrong' },
          {
            fields: [{ path: 'current', zh: '原密码不正确', en: 'wrong' }],
          },
        );
      }
      // the old password was right: what is wrong with the new one is no guess at anything
      await within((uow) => forgetTry(uow, attempt));
      const { words, used } = await within((uow) => aroundOf(uow, account));
      await checkNewPassword(body.next, words);
      for (const old of used) if (await isPassword(body.next, old, options.passwordCost)) throw usedBefore();
      const hash = await hashPassword(body.next, options.passwordCost);
      return within(async (uow) => {
        await unlock(uow, account.login);
        await uow.sql('INSERT INTO password_used (person_id, hash, until) VALUES ($1, $2, $3)', [
          account.id,
          account.password_hash,
          uow.now,
        ]);
        await uow.sql(
          'UPDATE person SET password_hash = $2, must_change_password = false, password_until = NULL WHERE id = $1',
          [account.id, hash],
        );
        await endSessionsOf(uow, account.id);
        const { token, csrf } = await startSession(uow, account.id, caller);
        uow.log({ action: 'session.change-password', objectType: 'person', objectId: String(account.id) });
        reply.cookie(cookie(caller, token));
        return view(uow, actor, csrf, false, options);
      });
    },
  });

  return [signIn, read, signOut, changePassword];
}

/** How many earlier passwords may not come back, the present one included. */
const mostUsed = 5;

/** What a new password must not be near to: the owner, his units, and the passwords that he has had. */
async function aroundOf(uow: UnitOfWork, account: Account): Promise<{ words: string[]; used: string[] }> {
  const units = await uow.sql<{ name: string; short: string }>(
    'SELECT u.name, u.short FROM person p JOIN unit o ON o.id = p.unit_id JOIN unit u ON u.id = ANY(o.path) WHERE p.id = $1',
    [account.id],
  );
  const used = await uow.sql<{ hash: string }>(
    'SELECT hash FROM password_used WHERE person_id = $1 ORDER BY until DESC LIMIT $2',
    [account.id, mostUsed - 1],
  );
  return {
    words: [account.login, account.number, account.name, ...units.flatMap(({ name, short }) => [name, short])],
    used: [account.password_hash, ...used.map(({ hash }) => hash)].flatMap((hash) => hash ?? []),
  };
}

const usedBefore = (): Problem => {
  const text = { zh: `不能使用最近 ${mostUsed} 次用过的密码`, en: `One of the last ${mostUsed} passwords` };
  return badInput('password.used', text, [{ path: 'next', ...text }]);
};

async function accountOf(
  uow: UnitOfWork,
  login: string | null,
  id: number | null = null,
): Promise<Account | undefined> {
  const [row] = await uow.sql<Account>(
    `SELECT id, login, number, name, CASE WHEN password_until <= $3 THEN NULL ELSE password_hash END AS password_hash, disabled_at, must_change_password FROM person
      WHERE login IS NOT NULL AND (lower(login) = $1 OR id = $2)`,
    [login, id, uow.now],
  );
  return row;
}

async function view(uow: UnitOfWork, actor: Actor, csrf: string, mustChangePassword: boolean, options: SessionOptions) {
  const [person] = await uow.sql<Record<string, unknown>>(
    `SELECT p.id, p.name, p.number, p.kind, p.unit_id AS "unitId", u.name AS "unitName", p.demo, jsonb_build_object('id', u.id, 'name', u.name, 'short', u.short, 'kind', u.kind) AS unit
       FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1`,
    [actor.personId],
  );
  return {
    person,
    csrf,
    mustChangePassword,
    demonstration: person?.['demo'] === true,
    role: actor.role,
    roles: actor.roles,
    posts: (actor.posts ?? []).map(({ role, unitId }) => ({ role, unitId })),
    abilities: options.actionsOf(actor),
  };
}
