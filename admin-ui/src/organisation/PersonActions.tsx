import MoreIcon from '@mui/icons-material/MoreVert';
import { Button, IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../providers/session.ts';
import type { Fact } from '../vocabulary/types.ts';
import { useSay } from '../words/say.ts';
import { FormDialog } from './FormDialog.tsx';
import type { PersonRow } from './person.ts';

const reason: Fact = {
  name: 'reason',
  kind: 'text',
  label: { zh: '理由', en: 'Reason' },
  options: [],
  sensitive: false,
  planned: false,
  search: false,
};

/** Change, disable, unlock, new password: each where the administrator's role allows it. */
export function PersonActions({
  person,
  change,
  told,
}: {
  person: PersonRow;
  change: () => void;
  told: (half: string) => void;
}) {
  const say = useSay();
  const may = useMay();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [verb, setVerb] = useState<'disable' | 'enable' | 'unlock' | 'reset-password' | null>(null);
  const act = (next: typeof verb) => {
    setAnchor(null);
    setVerb(next);
  };
  const titles = {
    disable: say('停用账号', 'Disable the account'),
    enable: say('启用账号', 'Enable the account'),
    unlock: say('解除登录锁定', 'Unlock the sign-in'),
    'reset-password': say('重置密码', 'Reset the password'),
  };
  return (
    <>
      {may('person.change') && <Button onClick={change}>{say('修改', 'Change')}</Button>}
      <IconButton
        size="small"
        aria-label={say('更多操作', 'More')}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        {may('person.reset') && (
          <MenuItem disabled={!person.login} onClick={() => act('reset-password')}>
            {titles['reset-password']}
          </MenuItem>
        )}
        {may('person.unlock') && <MenuItem onClick={() => act('unlock')}>{titles.unlock}</MenuItem>}
        {may('person.disable') && (
          <MenuItem onClick={() => act(person.disabledAt ? 'enable' : 'disable')}>
            {person.disabledAt ? titles.enable : titles.disable}
          </MenuItem>
        )}
      </Menu>
      {verb && (
        <FormDialog<{ half?: string }>
          title={`${titles[verb]}:${person.name}`}
          facts={[reason]}
          required={['reason']}
          path={`/people/${person.id}/${verb}`}
          close={() => setVerb(null)}
          done={({ half }) => half && told(half)}
        />
      )}
    </>
  );
}
