import PasswordIcon from '@mui/icons-material/KeyOutlined';
import LogoutIcon from '@mui/icons-material/LogoutOutlined';
import { Avatar, Box, Button, Divider, ListItemIcon, Menu, MenuItem, Typography } from '@mui/material';
import { useState } from 'react';
import { useLogout } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useRoleNames } from '../organisation/role-names.ts';
import { useSession } from '../providers/session.ts';
import { useSay } from '../words/say.ts';

/** Who is signed in, in which role; change of password and sign-out. */
export function ViewerMenu() {
  const say = useSay();
  const session = useSession();
  const logout = useLogout();
  const navigate = useNavigate();
  const roleName = useRoleNames();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!session) return null;
  const { person, roles } = session;
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        color="inherit"
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ gap: 1, px: 1 }}
      >
        <Avatar sx={{ width: 28, height: 28, fontSize: 14, bgcolor: '#2f5f9c' }}>{person.name.slice(0, 1)}</Avatar>
        <Box sx={{ textAlign: 'left', display: { xs: 'none', md: 'block' } }}>
          <Typography sx={{ fontSize: 13, lineHeight: 1.3 }}>{person.name}</Typography>
          <Typography sx={{ fontSize: 11, lineHeight: 1.3, color: '#b9cbe2' }}>
            {roles.map(roleName).slice(0, 2).join('、')}
          </Typography>
        </Box>
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={close}>
        <Box sx={{ px: 2, py: 1, minWidth: 220 }}>
          <Typography variant="h4" component="p">
            {person.name}
          </Typography>
          <Typography variant="caption" color="text.secondary" component="p">
            {say('警号', 'No.')} {person.number}
          </Typography>
          <Typography variant="caption" color="text.secondary" component="p">
            {person.unitName ?? person.unit?.name ?? ''}
          </Typography>
          <Typography variant="caption" color="text.secondary" component="p">
            {roles.map(roleName).join('、')}
          </Typography>
        </Box>
        <Divider />
        <MenuItem
          onClick={() => {
            close();
            navigate('/password');
          }}
        >
          <ListItemIcon>
            <PasswordIcon fontSize="small" />
          </ListItemIcon>
          {say('修改密码', 'Change password')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            close();
            void logout();
          }}
        >
          <ListItemIcon>
            <LogoutIcon fontSize="small" />
          </ListItemIcon>
          {say('退出登录', 'Sign out')}
        </MenuItem>
      </Menu>
    </>
  );
}
