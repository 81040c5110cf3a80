import type { Tx } from '../kernel/database.ts';
import { locks } from '../kernel/locks.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { hashPassword, isPassword, type PasswordCost } from './password.ts';
import { createPerson, oneTimePassword } from './people.ts';
import { grantPost } from './posts.ts';
import { createUnit } from './units.ts';

const login = 'admin';
const setting = 'first-administrator';

/**
 * The one account of an empty production database: a system administrator, who names units, people and the security
 * administrator. Told anew until he has set a password of his own, with another one-time password unless `known`, the
 * last that was told, still opens; nothing after that.
 */
export async function nameFirstAdministrator(
  uow: UnitOfWork,
  options: { cost?: PasswordCost; known?: string } = {},
): Promise<{ login: string; password: string } | undefined> {
  const { cost, known } = options;
  await uow.sql('SELECT pg_advisory_xact_lock($1)', [locks.firstAdministrator]);
  const [state] = await uow.sql<{ people: boolean; id: number | null; hash: string; used: boolean; isSet: boolean }>(
    `SELECT EXISTS (SELECT FROM person) AS people, p.id, p.password_hash AS hash, NOT p.must_change_password AS "isSet",
            EXISTS (SELECT FROM session s WHERE s.person_id = p.id) OR NOT p.must_change_password AS used
       FROM (SELECT) one LEFT JOIN setting s ON s.key = $1 LEFT JOIN person p ON p.id = s.value::int`,
    [setting],
  );
  if (state?.id && !state.isSet && known && (await isPassword(known, state.hash, cost)))
    return { login, password: known };
  const password = oneTimePassword();
  if (state?.id && !state.used) {
    await uow.sql('UPDATE person SET password_hash = $2 WHERE id = $1', [state.id, await hashPassword(password, cost)]);
    uow.log({ action: 'person.reset', objectType: 'person', objectId: String(state.id), reason: 'first start' });
    return { login, password };
  }
  if (state?.people) return undefined;

  const unitId = await createUnit(uow, {
    code: '000000000000',
    name: '本局',
    short: '本局',
    kind: 'city',
    parentId: null,
    area: null,
  });
  const person = {
    number: '000000',
    name: '系统管理员',
    kind: 'civilian',
    qualification: 'none',
    gender: null,
  } as const;
  const id = await createPerson(uow, { ...person, unitId, phone: null, login }, await hashPassword(password, cost));
  await grantPost(uow, { personId: id, unitId, role: 'system-administrator' }, 'first start');
  await uow.sql('INSERT INTO setting (key, value) VALUES ($1, $2)', [setting, JSON.stringify(id)]);
  return { login, password };
}

/** Whether the first administrator has a password of his own, so that the one-time one opens nothing any more. */
export async function hasOwnPassword(tx: Pick<Tx, 'sql'>): Promise<boolean> {
  const [found] = await tx.sql<{ isSet: boolean }>(
    `SELECT NOT p.must_change_password AS "isSet" FROM setting s JOIN person p ON p.id = s.value::int WHERE s.key = $1`,
    [setting],
  );
  return found?.isSet ?? true;
}
