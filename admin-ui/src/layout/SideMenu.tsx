import { Box, Divider, Typography } from '@mui/material';
import { Menu, useSidebarState } from 'react-admin';
import { useMay, useRole } from '../providers/session.ts';
import { useSay } from '../words/say.ts';
import { pageGroups, shownPage } from './pages.tsx';

/** The menu shows what the viewer may open; the server decides again. */
export function SideMenu() {
  const say = useSay();
  const may = useMay();
  const role = useRole();
  const [open] = useSidebarState();
  const groups = pageGroups
    .map((group) => ({ ...group, pages: group.pages.filter((one) => shownPage(one, may, role)) }))
    .filter((group) => group.pages.length > 0);
  return (
    <Menu sx={items}>
      {groups.map((group, index) => (
        <Box key={group.label.en} component="section" aria-label={say(group.label)}>
          {open ? (
            <Typography
              variant="caption"
              component="h2"
              sx={{
                px: 2,
                pt: index ? 1.5 : 0.5,
                pb: 0.5,
                display: 'block',
                color: 'text.secondary',
                fontWeight: 600,
                letterSpacing: 1,
              }}
            >
              {say(group.label)}
            </Typography>
          ) : (
            index > 0 && <Divider sx={{ my: 1 }} />
          )}
          {group.pages.map((one) => (
            <Menu.Item
              key={one.path}
              to={one.path}
              primaryText={say(one.label)}
              leftIcon={<one.icon fontSize="small" />}
            />
          ))}
        </Box>
      ))}
    </Menu>
  );
}

const items = {
  mt: 1,
  '& .RaMenuItemLink-icon': { minWidth: 36, color: 'inherit' },
  '& .MuiMenuItem-root': { mx: 1, px: 1, py: 0.75, borderRadius: 1, color: '#33414f', fontSize: 14, minHeight: 38 },
  '& .MuiMenuItem-root:hover': { bgcolor: '#eef2f7' },
  '& .RaMenuItemLink-active': { bgcolor: 'primary.light', color: '#12386b', fontWeight: 600 },
} as const;
