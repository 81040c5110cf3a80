import { randomInt } from 'node:crypto';
import { conflict, notFound } from '../kernel/errors.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { lockHuman } from './human.ts';
import { refuseExclusive } from './posts.ts';
import { roles } from './roles.ts';
import { endSessionsOf } from './session.ts';
import { nextId } from './units.ts';

export interface PersonInput {
  number: string;
  name: string;
  kind: 'police' | 'auxiliary' | 'civilian';
  qualification: 'none' | 'basic' | 'middle' | 'high';
  gender: 'male' | 'female' | null;
  unitId: number;
  phone: string | null;
  login: string | null;
  /** Keyed hash of the identity number; null leaves what is known of it. */
  identity?: Buffer | null;
}

/** Letters and digits that nobody mistakes for one another on paper. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A password that works until the first sign-in: four groups, told once. */
export const oneTimePassword = (): string => `${oneTimeHalf()}-${oneTimeHalf()}`;

/** Half of one: 40 bits, for which five guesses in thirty minutes are nothing. */
export const oneTimeHalf = (): string =>
  Array.from({ length: 2 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join(
    '-',
  );

export async function createPerson(
  uow: UnitOfWork,
  { identity = null, ...input }: PersonInput,
  passwordHash: string | null,
): Promise<number> {
  await refuseSame(uow, input, 0);
  const id = await nextId(uow, 'person');
  await uow.sql(
    `INSERT INTO person (id, number, name, kind, qualification, gender, unit_id, phone, login, password_hash, must_change_password, identity_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      input.number,
      input.name,
      input.kind,
      input.qualification,
      input.gender,
      input.unitId,
      input.phone,
      input.login,
      passwordHash,
      passwordHash !== null,
      identity,
    ],
  );
  const { phone: _phone, ...told } = input;
  uow.log({
    action: 'person.create',
    objectType: 'person',
    objectId: String(id),
    objectVersion: 1,
    changes: { ...told, ...(identity && { identity: await toldOf(uow, id) }) },
  });
  return id;
}

export interface StoredPerson {
  id: number;
  version: number;
  unitId: number;
  login: string | null;
  kind: PersonInput['kind'];
  disabledAt: Date | null;
}

/** The person, locked. @throws Problem 404 */
export async function lockPerson(uow: UnitOfWork, id: number): Promise<StoredPerson> {
  const [row] = await uow.sql<StoredPerson>(
    'SELECT id, version, unit_id AS "unitId", login, kind, disabled_at AS "disabledAt" FROM person WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!row) throw notFound();
  return row;
}

/** What rules may read of a person. */
const judgedBy = ['kind', 'qualification', 'gender'] as const;

export async function changePerson(
  uow: UnitOfWork,
  id: number,
  { identity = null, ...input }: PersonInput,
): Promise<void> {
  await refuseSame(uow, input, id);
  if (input.kind === 'auxiliary') await refusePolicePosts(uow, id);
  const [before] = await uow.sql<Pick<PersonInput, (typeof judgedBy)[number]>>(
    'SELECT kind, qualification, gender FROM person WHERE id = $1',
    [id],
  );
  const facts = judgedBy.filter((name) => before?.[name] !== input[name]).map((name) => `person.${name}`);
  if (facts.length > 0) uow.changed([{ type: 'person', id: String(id), facts }]);
  const [row] = await uow.sql<{ version: number }>(
    `UPDATE person SET number = $2, name = $3, kind = $4, qualification = $5, gender = $6, unit_id = $7, phone = $8, login = $9, identity_hash = coalesce($10, identity_hash), version = version + 1
      WHERE id = $1 RETURNING version`,
    [
      id,
      input.number,
      input.name,
      input.kind,
      input.qualification,
      input.gender,
      input.unitId,
      input.phone,
      input.login,
      identity,
    ],
  );
  if (identity) await refuseExclusive(uow, await lockHuman(uow, id));
  const { phone: _phone, ...told } = input;
  uow.log({
    action: 'person.change',
    objectType: 'person',
    objectId: String(id),
    objectVersion: row?.version ?? 0,
    changes: { ...told, ...(identity && { identity: await toldOf(uow, id) }) },
  });
}

/** Says whose account this is, where nobody has said so yet. @throws Problem 409 for posts that one human may not unite */
export async function identify(uow: UnitOfWork, id: number, identity: Buffer): Promise<void> {
  await uow.sql('UPDATE person SET identity_hash = $2, version = version + 1 WHERE id = $1', [id, identity]);
  await refuseExclusive(uow, await lockHuman(uow, id));
  uow.log({
    action: 'person.change',
    objectType: 'person',
    objectId: String(id),
    changes: { identity: await toldOf(uow, id) },
  });
}

/** What the ledger is told of an identity: that it was entered, and whose other accounts it makes them. */
async function toldOf(uow: UnitOfWork, id: number): Promise<{ accounts: number[] }> {
  const [row] = await uow.sql<{ accounts: number[] }>('SELECT array_remove(accounts_of($1), $1) AS accounts', [id]);
  return { accounts: row?.accounts ?? [] };
}

/** A disabled person is signed out everywhere at once. */
export async function setDisabled(uow: UnitOfWork, id: number, disabled: boolean, reason: string): Promise<void> {
  await uow.sql(
    'UPDATE person SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, $3) END, version = version + 1 WHERE id = $1',
    [id, disabled, uow.now],
  );
  if (disabled) await endSessionsOf(uow, id);
  uow.log({
    action: disabled ? 'person.disable' : 'person.enable',
    objectType: 'person',
    objectId: String(id),
    reason,
  });
}

/** 辅警 hold the post of an auxiliary alone (posts.ts): whoever becomes one gives his other posts back first. */
async function refusePolicePosts(uow: UnitOfWork, id: number): Promise<void> {
  const held = await uow.sql<{ role: string }>(
    `SELECT role FROM post WHERE person_id = $1 AND role <> 'auxiliary' AND (to_at IS NULL OR to_at > $2)`,
    [id, uow.now],
  );
  if (held.length > 0)
    throw conflict(
      'person.holds-police-posts',
      {
        zh: `该人员仍担任“${held.map(({ role }) => roles[role]?.zh ?? role).join('、')}”，请先免去后再改为辅警`,
        en: `He still holds ${held.map(({ role }) => roles[role]?.en ?? role).join(', ')}: end these posts first`,
      },
      { field: 'kind' },
    );
}

async function refuseSame(uow: UnitOfWork, input: PersonInput, except: number): Promise<void> {
  const [same] = await uow.sql<{ number: string }>(
    'SELECT number FROM person WHERE (number = $1 OR lower(login) = lower($2)) AND id <> $3',
    [input.number, input.login, except],
  );
  if (!same) return;
  const field = same.number === input.number ? 'number' : 'login';
  throw conflict(
    `person.duplicate-${field}`,
    field === 'number'
      ? { zh: `警号“${input.number}”已经存在`, en: `Police number "${input.number}" exists already` }
      : { zh: `登录名“${input.login}”已经存在`, en: `Login "${input.login}" exists already` },
    { field },
  );
}
