import type { Actor } from '../kernel/unit-of-work.ts';

/** Who jobs act as: the system, in no unit, over all units. */
export const system: Actor = {
  personId: null,
  name: '系统',
  unitId: null,
  unitName: '',
  role: 'system',
  roles: ['system'],
  reach: 'all',
};
