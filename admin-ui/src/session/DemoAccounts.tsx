import { Box, ButtonBase, Typography } from '@mui/material';
import { useRoleNames } from '../organisation/role-names.ts';
import { useSay } from '../words/say.ts';
import { type DemoAccount, useDemo } from './demo.ts';

/** Accounts of the demonstration, one press each. A production server has none and the list stays away. */
export function DemoAccounts({ pick, busy }: { pick: (account: DemoAccount) => void; busy: boolean }) {
  const say = useSay();
  const roleName = useRoleNames();
  const data = useDemo().data?.accounts;
  if (!data?.length) return null;
  return (
    <Box component="section" sx={{ mt: 3 }} aria-label={say('演示账号', 'Demonstration accounts')}>
      <Typography variant="h4" component="h2">
        {say('演示账号', 'Demonstration accounts')}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 1 }}>
        {say('点击直接登录。演示数据，人物、单位均为虚构。', 'Press to sign in. All people and units are invented.')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(188px, 1fr))', gap: 1 }}>
        {data.map((account) => (
          <ButtonBase
            key={account.login}
            disabled={busy}
            onClick={() => pick(account)}
            sx={{
              display: 'block',
              textAlign: 'left',
              p: 1.25,
              borderRadius: 1,
              border: '1px solid',
              borderColor: 'divider',
              bgcolor: 'background.paper',
              '&:hover': { borderColor: 'primary.main', bgcolor: 'primary.light' },
            }}
          >
            <Typography sx={{ fontWeight: 600, fontSize: 14 }}>{roleName(account.role)}</Typography>
            <Typography variant="caption" color="text.secondary" component="p">
              {account.name} · {account.unit}
            </Typography>
          </ButtonBase>
        ))}
      </Box>
    </Box>
  );
}
