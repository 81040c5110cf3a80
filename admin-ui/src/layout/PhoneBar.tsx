import MoreIcon from '@mui/icons-material/MenuOutlined';
import { BottomNavigation, BottomNavigationAction, Paper } from '@mui/material';
import { useSidebarState } from 'react-admin';
import { Link, useLocation } from 'react-router-dom';
import { useMay, useRole } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { pageGroups, shownPage } from './pages.tsx';

/** On a phone: the first pages under the thumb, the rest behind 更多. */
export function PhoneBar() {
  const say = useSay();
  const may = useMay();
  const role = useRole();
  const { pathname } = useLocation();
  const [, setOpen] = useSidebarState();
  const pages = pageGroups
    .flatMap((group) => group.pages)
    .filter((one) => shownPage(one, may, role))
    .slice(0, 4);
  return (
    <Paper
      component="nav"
      sx={{
        position: 'fixed',
        bottom: 0,
        left: 0,
        right: 0,
        zIndex: 1100,
        borderTop: 1,
        borderColor: 'divider',
        borderRadius: 0,
      }}
    >
      <BottomNavigation showLabels value={pages.find((one) => pathname.startsWith(one.path))?.path ?? false}>
        {pages.map((one) => (
          <BottomNavigationAction
            key={one.path}
            value={one.path}
            label={say(one.label)}
            icon={<one.icon />}
            component={Link}
            to={one.path}
          />
        ))}
        <BottomNavigationAction label={say('更多', 'More')} icon={<MoreIcon />} onClick={() => setOpen(true)} />
      </BottomNavigation>
    </Paper>
  );
}
