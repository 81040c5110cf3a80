import { z } from 'zod';
import { type Route, route } from '../kernel/route.ts';
import { hashPassword, type PasswordCost } from '../organisation/password.ts';
import { lockPerson, oneTimeHalf } from '../organisation/people.ts';
import { lockReset, mayRelease, openResets, proposeReset, refuseReset, releaseReset } from '../organisation/resets.ts';
import { checkReach, reachParameter } from './reach.ts';
import { intId } from './unit-routes.ts';

const resetId = z.strictObject({ id: z.uuid() });
const reason = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** A new password needs two administrators, and neither of them learns it: each is told one half of a code. */
export const resetRoutes = (options: { passwordCost: PasswordCost }): Route[] => [
  route({
    method: 'POST',
    path: '/api/people/:id/reset-password',
    summary: {
      zh: '申请重置密码，返回重置码的前半；另一名管理员放行后生效',
      en: 'Propose a new password: the answer holds the first half of the code, another administrator releases it',
    },
    action: 'person.reset',
    params: intId,
    body: reason,
    replay: false,
    handle: async ({ uow, actor, params, body }) => {
      const person = await lockPerson(uow, params.id);
      checkReach(actor, 'person.reset', person.unitId);
      const half = oneTimeHalf();
      const id = await proposeReset(uow, person, await hashPassword(half, options.passwordCost), body.reason);
      return { id, half };
    },
  }),
  route({
    method: 'GET',
    path: '/api/password-resets',
    summary: { zh: '待放行的密码重置', en: 'New passwords that wait for a second administrator' },
    action: 'reset.read',
    handle: async ({ uow, actor }) => {
      const rows = await openResets(uow, reachParameter(actor, 'reset.read'));
      const seen = [];
      for (const row of rows)
        seen.push({ ...row, mine: row.proposedBy === actor.personId, mayRelease: await mayRelease(uow, row) });
      return seen;
    },
  }),
  route({
    method: 'POST',
    path: '/api/password-resets/:id/release',
    summary: { zh: '放行密码重置，返回重置码的后半', en: 'Release it: the answer holds the second half of the code' },
    action: 'reset.release',
    params: resetId,
    body: z.strictObject({}),
    replay: false,
    handle: async ({ uow, actor, params }) => {
      const reset = await lockReset(uow, params.id);
      checkReach(actor, 'reset.release', reset.unitId);
      const half = oneTimeHalf();
      await releaseReset(uow, reset, await hashPassword(half, options.passwordCost));
      return { half };
    },
  }),
  route({
    method: 'POST',
    path: '/api/password-resets/:id/refuse',
    summary: { zh: '退回或者撤回密码重置', en: 'Send it back, or withdraw it' },
    action: 'reset.refuse',
    params: resetId,
    body: reason,
    handle: async ({ uow, actor, params, body }) => {
      const reset = await lockReset(uow, params.id);
      checkReach(actor, 'reset.refuse', reset.unitId);
      await refuseReset(uow, reset, body.reason);
      return {};
    },
  }),
];
