import { z } from 'zod';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { containing, listing, tellRange } from '../kernel/listing.ts';
import { type Route, route } from '../kernel/route.ts';
import { lineInput, paragraphInput } from '../kernel/text.ts';
import type { Actor, UnitOfWork } from '../kernel/unit-of-work.ts';
import { isSelf } from '../organisation/human.ts';
import { hashIdentity, type IdentityKey, identityNumber } from '../organisation/identity.ts';
import { loginKey, unlock } from '../organisation/lockout.ts';
import { hashPassword, type PasswordCost } from '../organisation/password.ts';
import {
  changePerson,
  createPerson,
  lockPerson,
  oneTimeHalf,
  oneTimePassword,
  setDisabled,
} from '../organisation/people.ts';
import { isHeld } from '../organisation/posts.ts';
import { proposeReset } from '../organisation/resets.ts';
import { mayAnywhere } from './actor.ts';
import { checkReach, reachParameter } from './reach.ts';
import { intId } from './unit-routes.ts';

const reason = z.strictObject({ reason: paragraphInput(500) });
const some = z.union([z.int(), z.array(z.int()).max(1000)]);

const personBody = z.strictObject({
  number: z.string().regex(/^[0-9A-Z]{2,12}$/, '应为 2 至 12 位数字或大写字母‖2 to 12 digits or capitals'),
  name: lineInput(50),
  kind: z.enum(['police', 'auxiliary', 'civilian']),
  qualification: z.enum(['none', 'basic', 'middle', 'high']).default('none'),
  gender: z.enum(['male', 'female']).nullable().default(null),
  unitId: z.int().min(1),
  phone: z
    .string()
    .regex(/^[0-9+ -]{5,20}$/, '电话号码格式不正确‖not a phone number')
    .nullable()
    .default(null),
  login: z
    .string()
    .regex(/^[a-z0-9._-]{2,40}$/i, '登录名为 2 至 40 位字母、数字、点、横线‖2 to 40 letters, digits, dots, dashes')
    .nullable()
    .default(null),
  /** 公民身份号码: only its keyed hash is kept; null leaves what is known. */
  identity: identityNumber.nullable().default(null),
});

const query = listing(
  {
    q: lineInput(100, 0),
    id: some,
    unitId: some,
    kind: z.enum(['police', 'auxiliary', 'civilian']),
    role: z.string().max(40),
    disabled: z.boolean(),
  },
  ['id', 'number', 'name', 'kind', 'unitId'],
  ['number', 'ASC'],
);
const sortColumns: Record<string, string> = { unitId: 'unit_id' };

/** People: everybody finds colleagues of the bureau; logins, phones and switches are the administrators'. */
export function personRoutes(options: { passwordCost: PasswordCost; identityKey?: IdentityKey | undefined }): Route[] {
  const notHimself = (actor: Actor, id: number): void => {
    if (isSelf(actor, id))
      throw forbidden('person.own', { zh: '不能对自己的账号进行此项操作', en: 'Not on your own account' });
  };
  /** The account to be switched, out of reach as good as none. */
  const switched = async (uow: UnitOfWork, action: string, id: number) => {
    const person = await lockPerson(uow, id);
    checkReach(uow.actor, action, person.unitId);
    notHimself(uow.actor, id);
    return person;
  };
  return [
    route({
      method: 'GET',
      path: '/api/people',
      summary: { zh: '人员列表', en: 'People' },
      action: 'person.read',
      query,
      handle: async ({ uow, actor, query, reply }) => {
        const { q, id, unitId, kind, role, disabled = false } = query.filter;
        const rows = await uow.sql<{ total: number }>(
          `SELECT ${columns(actor)}, count(*) OVER () AS total FROM person p JOIN unit u ON u.id = p.unit_id
            WHERE ($1::int[] IS NULL OR p.unit_id = ANY ($1)) AND ($2::text IS NULL OR fold_text(p.name) LIKE $2 OR fold_text(p.number) LIKE $2)
              AND ($3::int[] IS NULL OR p.id = ANY ($3)) AND ($4::int[] IS NULL OR u.path && $4) AND ($5::text IS NULL OR p.kind = $5)
              AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM post t WHERE t.person_id = p.id AND t.role = $6 AND (t.to_at IS NULL OR t.to_at > $8)))
              AND ($7 OR p.disabled_at IS NULL OR $3::int[] IS NOT NULL) AND $8::timestamptz IS NOT NULL
            ORDER BY p.${sortColumns[query.sort[0]] ?? query.sort[0]} ${query.sort[1]}, p.id LIMIT ${query.limit} OFFSET ${query.offset}`,
          [
            reachParameter(actor, 'person.read'),
            q ? containing(q) : null,
            id === undefined ? null : [id].flat(),
            unitId === undefined ? null : [unitId].flat(),
            kind ?? null,
            role ?? null,
            disabled,
            uow.now,
          ],
        );
        tellRange(reply, 'people', query, rows.length, rows[0]?.total ?? 0);
        return rows.map(({ total: _total, ...person }) => person);
      },
    }),
    route({
      method: 'GET',
      path: '/api/people/:id',
      summary: { zh: '人员', en: 'One person' },
      action: 'person.read',
      params: intId,
      handle: ({ uow, params }) => personOf(uow, params.id),
    }),
    route({
      method: 'POST',
      path: '/api/people',
      summary: {
        zh: '新建人员；有登录名时返回重置码的前半，由安全保密管理员放行',
        en: 'Create a person; with a login the answer holds the first half of a code, which the security administrator releases',
      },
      action: 'person.create',
      body: personBody,
      handle: async ({ uow, actor, body, reply }) => {
        checkReach(actor, 'person.create', body.unitId);
        // who may release a new account is there as a rule; before, one password is told whole
        const isShared = body.login !== null && (await isHeld(uow, 'security-administrator'));
        const password = body.login === null || isShared ? null : oneTimePassword();
        const identity = await hashIdentity(uow, options.identityKey, body.identity);
        const id = await createPerson(
          uow,
          { ...body, identity },
          password && (await hashPassword(password, options.passwordCost)),
        );
        reply.status(201);
        const half = isShared ? oneTimeHalf() : null;
        if (half)
          await proposeReset(
            uow,
            { id, login: body.login },
            await hashPassword(half, options.passwordCost),
            '新建账号',
          );
        return { ...(await personOf(uow, id)), ...(password && { password }), ...(half && { half }) };
      },
      replay: false,
    }),
    route({
      method: 'PUT',
      path: '/api/people/:id',
      summary: { zh: '修改人员', en: 'Change a person' },
      action: 'person.change',
      params: intId,
      body: personBody,
      // what is kept to know a repeated request by would be a hash of the identity number without a key
      replay: false,
      handle: async ({ uow, actor, params, body, caller }) => {
        const person = await lockPerson(uow, params.id);
        checkReach(actor, 'person.change', person.unitId);
        checkReach(actor, 'person.change', body.unitId);
        if (caller.ifMatch !== null && caller.ifMatch !== person.version) {
          throw conflict(
            'record.stale',
            { zh: '该记录已被他人更新，请核对后重新提交', en: 'Somebody changed the record meanwhile' },
            {
              version: person.version,
              sent: caller.ifMatch,
              current: await personOf(uow, params.id),
              yours: { ...body, identity: null },
            },
          );
        }
        // nobody makes two of himself, or one of himself and another
        if (body.identity !== null) notHimself(actor, params.id);
        const identity = await hashIdentity(uow, options.identityKey, body.identity);
        await changePerson(uow, params.id, { ...body, identity });
        return personOf(uow, params.id);
      },
    }),
    ...(['disable', 'enable'] as const).map((verb) =>
      route({
        method: 'POST',
        path: `/api/people/:id/${verb}`,
        summary: verb === 'disable' ? { zh: '停用账号', en: 'Disable' } : { zh: '启用账号', en: 'Enable' },
        action: 'person.disable',
        params: intId,
        body: reason,
        handle: async ({ uow, params, body }) => {
          await switched(uow, 'person.disable', params.id);
          await setDisabled(uow, params.id, verb === 'disable', body.reason);
          return personOf(uow, params.id);
        },
      }),
    ),
    route({
      method: 'POST',
      path: '/api/people/:id/unlock',
      summary: { zh: '解除登录锁定', en: 'Unlock the sign-in' },
      action: 'person.unlock',
      params: intId,
      body: reason,
      handle: async ({ uow, params, body }) => {
        const person = await switched(uow, 'person.unlock', params.id);
        if (person.login) await unlock(uow, loginKey(person.login));
        uow.log({ action: 'person.unlock', objectType: 'person', objectId: String(params.id), reason: body.reason });
        return {};
      },
    }),
  ];
}

function columns(actor: Actor): string {
  const seen = `p.id, p.number, p.name, p.kind, p.qualification, p.unit_id AS "unitId", u.name AS "unitName", u.short AS "unitShort", p.demo, p.version,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('role', t.role, 'unitId', t.unit_id) ORDER BY t.id), '[]') FROM post t WHERE t.person_id = p.id AND t.to_at IS NULL) AS posts`;
  return mayAnywhere(actor, 'post.read')
    ? `${seen}, p.gender, p.login, p.phone, p.disabled_at AS "disabledAt", p.must_change_password AS "mustChangePassword", p.identity_hash IS NOT NULL AS "hasIdentity",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'name', o.name) ORDER BY o.id), '[]') FROM person o
          WHERE o.identity_hash = p.identity_hash AND o.id <> p.id) AS "sameHuman"`
    : seen;
}

async function personOf(uow: UnitOfWork, id: number) {
  const [person] = await uow.sql<{ unitId: number }>(
    `SELECT ${columns(uow.actor)} FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1`,
    [id],
  );
  if (!person) throw notFound();
  checkReach(uow.actor, 'person.read', person.unitId);
  return person;
}
