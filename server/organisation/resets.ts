import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSelf, sameHuman } from './human.ts';
import { loginKey, unlock } from './lockout.ts';
import { joinHalves } from './password.ts';
import type { StoredPerson } from './people.ts';
import { endSessionsOf } from './session.ts';

/** Hours that a proposal waits, and after that the code. */
const hours = 72;

/** The offices that propose, and those that release. */
interface Hands {
  propose: readonly string[];
  release: readonly string[];
}

/**
 * Whose hands a new password passes through, by the office of its owner: two administrators, neither of them the owner,
 * so that each of the three can be helped by the other two where every office has one holder (ADR 0020).
 */
const handsOf: Readonly<Record<string, Hands>> = {
  'system-administrator': {
    propose: ['system-administrator', 'security-administrator'],
    release: ['security-administrator', 'security-auditor'],
  },
  'security-administrator': {
    propose: ['system-administrator'],
    release: ['security-administrator', 'security-auditor'],
  },
};
const others: Hands = { propose: ['system-administrator'], release: ['security-administrator'] };

async function handsFor(uow: UnitOfWork, personId: number): Promise<Hands> {
  const held = await uow.sql<{ role: string }>(
    'SELECT role FROM post WHERE person_id = ANY (accounts_of($1)) AND (to_at IS NULL OR to_at > $2)',
    [personId, uow.now],
  );
  return held.flatMap(({ role }) => handsOf[role] ?? [])[0] ?? others;
}

/** @throws Problem 403 for one's own account, under whatever name, and for an office whose turn it is not */
async function checkHand(uow: UnitOfWork, personId: number, hand: keyof Hands): Promise<void> {
  if (isSelf(uow.actor, personId))
    throw forbidden('person.own', { zh: '不能对自己的账号进行此项操作', en: 'Not on your own account' });
  const offices = (await handsFor(uow, personId))[hand];
  if (!uow.actor.roles.some((role) => offices.includes(role)))
    throw forbidden('reset.other-office', {
      zh: '该账号的密码重置应由其他管理员办理',
      en: 'Another administrator does this for that account',
    });
}

/**
 * Proposes a new password. Nothing changes for the account yet: `firstHash` is the argon2id of the half that the
 * proposer is told. An earlier proposal gives way. @returns the id of the proposal
 */
export async function proposeReset(
  uow: UnitOfWork,
  person: Pick<StoredPerson, 'id' | 'login'>,
  firstHash: string,
  reason: string,
): Promise<string> {
  await checkHand(uow, person.id, 'propose');
  if (!person.login) throw conflict('person.no-login', { zh: '该人员没有登录名', en: 'This person has no login' });
  await uow.sql(
    `UPDATE password_reset SET refused_by = $2, refused_at = $3, first_hash = NULL
      WHERE person_id = $1 AND released_at IS NULL AND refused_at IS NULL`,
    [person.id, uow.actor.personId, uow.now],
  );
  const id = newId(uow.now);
  await uow.sql(
    `INSERT INTO password_reset (id, person_id, reason, proposed_by, proposed_at, first_hash, until)
     VALUES ($1, $2, $3, $4, $5, $6, $5::timestamptz + make_interval(hours => $7))`,
    [id, person.id, reason, uow.actor.personId, uow.now, firstHash, hours],
  );
  uow.log({
    action: 'person.reset',
    objectType: 'person',
    objectId: String(person.id),
    changes: { reset: id },
    reason,
  });
  return id;
}

export interface OpenReset {
  id: string;
  personId: number;
  login: string;
  unitId: number;
  proposedBy: number;
  firstHash: string;
}

/** A proposal that waits, locked with its person. @throws Problem 404, 409 once it was settled or has lapsed */
export async function lockReset(uow: UnitOfWork, id: string): Promise<OpenReset> {
  const [row] = await uow.sql<OpenReset & { open: boolean }>(
    `SELECT r.id, r.person_id AS "personId", p.login, p.unit_id AS "unitId", r.proposed_by AS "proposedBy", r.first_hash AS "firstHash",
            r.released_at IS NULL AND r.refused_at IS NULL AND r.until > $2 AND p.login IS NOT NULL AS open
       FROM password_reset r JOIN person p ON p.id = r.person_id WHERE r.id = $1 FOR UPDATE`,
    [id, uow.now],
  );
  if (!row) throw notFound();
  if (!row.open)
    throw conflict('reset.settled', {
      zh: '该申请已办结、已退回或者已过期',
      en: 'This proposal was settled, sent back or has lapsed',
    });
  return row;
}

/**
 * The second hand: from now on the two halves together open the account, once, until its owner has set a password of
 * his own. Sessions end. @throws Problem 403 for whoever proposed it, for the owner, for another office
 */
export async function releaseReset(uow: UnitOfWork, reset: OpenReset, secondHash: string): Promise<void> {
  await checkHand(uow, reset.personId, 'release');
  if (uow.actor.personId === null || (await sameHuman(uow, uow.actor.personId, reset.proposedBy)))
    throw forbidden('reset.second-person', {
      zh: '申请人不得自行放行，请由另一名管理员办理',
      en: 'Whoever proposed it does not release it: another administrator does',
    });
  await uow.sql('UPDATE password_reset SET released_by = $2, released_at = $3, first_hash = NULL WHERE id = $1', [
    reset.id,
    uow.actor.personId,
    uow.now,
  ]);
  await uow.sql(
    `UPDATE person SET password_hash = $2, must_change_password = true, password_until = $3::timestamptz + make_interval(hours => $4)
      WHERE id = $1`,
    [reset.personId, joinHalves(reset.firstHash, secondHash), uow.now, hours],
  );
  await endSessionsOf(uow, reset.personId);
  await unlock(uow, loginKey(reset.login));
  uow.log({
    action: 'person.release',
    objectType: 'person',
    objectId: String(reset.personId),
    changes: { reset: reset.id, proposedBy: reset.proposedBy },
  });
}

/** Sent back by whoever may release it, or withdrawn by whoever proposed it. */
export async function refuseReset(uow: UnitOfWork, reset: OpenReset, reason: string): Promise<void> {
  if (!isSelf(uow.actor, reset.proposedBy)) await checkHand(uow, reset.personId, 'release');
  await uow.sql('UPDATE password_reset SET refused_by = $2, refused_at = $3, first_hash = NULL WHERE id = $1', [
    reset.id,
    uow.actor.personId,
    uow.now,
  ]);
  uow.log({
    action: 'person.keep-password',
    objectType: 'person',
    objectId: String(reset.personId),
    changes: { reset: reset.id },
    reason,
  });
}

/** What waits for a second hand in these units (null: everywhere), oldest first. */
export function openResets(uow: UnitOfWork, units: readonly number[] | null) {
  return uow.sql<{ id: string; personId: number; proposedBy: number }>(
    `SELECT r.id, r.person_id AS "personId", p.name AS "personName", p.number AS "personNumber", u.name AS "unitName", r.reason,
            r.proposed_by AS "proposedBy", b.name AS "proposedByName", r.proposed_at AS "proposedAt", r.until
       FROM password_reset r JOIN person p ON p.id = r.person_id JOIN unit u ON u.id = p.unit_id JOIN person b ON b.id = r.proposed_by
      WHERE r.released_at IS NULL AND r.refused_at IS NULL AND r.until > $1 AND ($2::int[] IS NULL OR p.unit_id = ANY ($2))
      ORDER BY r.proposed_at, r.id LIMIT 200`,
    [uow.now, units],
  );
}

/** Whether the actor may release this proposal now, for buttons; the release asks again. */
export async function mayRelease(uow: UnitOfWork, reset: { personId: number; proposedBy: number }): Promise<boolean> {
  if (isSelf(uow.actor, reset.personId) || isSelf(uow.actor, reset.proposedBy)) return false;
  const { release } = await handsFor(uow, reset.personId);
  return uow.actor.roles.some((role) => release.includes(role));
}
