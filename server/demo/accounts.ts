import { type Route, route } from '../kernel/route.ts';
import { rank } from '../organisation/roles.ts';
import { demoPassword } from './found.ts';

interface Account {
  login: string;
  name: string;
  role: string;
  unit: string;
}

/** The accounts that the sign-in page of a demonstration offers; a production database has none to tell. */
export const demoRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/demo',
    summary: { zh: '演示账号', en: 'Accounts of the demonstration' },
    action: 'public',
    handle: async ({ uow }) => {
      const [mode] = await uow.sql<{ demo: boolean }>(
        `SELECT value = '"demonstration"' AS demo FROM setting WHERE key = 'mode'`,
      );
      if (!mode?.demo) return { demonstration: false, accounts: [] };
      const accounts = await uow.sql<Account>(
        `SELECT p.login, p.name, t.role, u.name AS unit
           FROM person p JOIN unit u ON u.id = p.unit_id
           JOIN LATERAL (SELECT t.role FROM post t WHERE t.person_id = p.id AND t.to_at IS NULL ORDER BY t.id LIMIT 1) t ON true
          WHERE p.demo AND p.login IS NOT NULL AND p.disabled_at IS NULL AND NOT p.must_change_password`,
      );
      accounts.sort((a, b) => rank(a.role) - rank(b.role));
      return { demonstration: true, accounts: accounts.map((account) => ({ ...account, password: demoPassword })) };
    },
  }),
];
