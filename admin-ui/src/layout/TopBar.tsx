import MenuIcon from '@mui/icons-material/Menu';
import { AppBar as Bar, Box, IconButton, Stack, Toolbar, Tooltip, Typography } from '@mui/material';
import { useSidebarState } from 'react-admin';
import { Link } from 'react-router-dom';
import { SearchBox } from '../search/SearchBox.tsx';
import { useSay } from '../words/say.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { NoticeBell } from './NoticeBell.tsx';
import { ViewerMenu } from './ViewerMenu.tsx';

/** Emblem and name, search over everything, notices, language, viewer. */
export function TopBar() {
  const say = useSay();
  const [open, setOpen] = useSidebarState();
  return (
    <Bar position="fixed" className="no-print">
      <Toolbar variant="dense" sx={{ minHeight: 54, gap: 1, px: { xs: 1, sm: 2 } }}>
        <Tooltip title={open ? say('收起菜单', 'Fold the menu') : say('展开菜单', 'Open the menu')}>
          <IconButton
            color="inherit"
            edge="start"
            aria-label={say('菜单', 'Menu')}
            sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
            onClick={() => setOpen(!open)}
          >
            <MenuIcon />
          </IconButton>
        </Tooltip>
        <Stack
          component={Link}
          to="/"
          direction="row"
          spacing={1.25}
          sx={{ alignItems: 'center', color: 'inherit', textDecoration: 'none', mr: { xs: 0, md: 4 } }}
        >
          <Box component="img" src="/emblem.svg" alt="" sx={{ width: 30, height: 30 }} />
          <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
            <Typography sx={{ fontSize: 18, fontWeight: 700, lineHeight: 1.2, letterSpacing: 2 }}>
              {say('明镜', 'Mingjing')}
            </Typography>
            <Typography sx={{ fontSize: 11, lineHeight: 1.2, color: '#b9cbe2', display: { xs: 'none', md: 'block' } }}>
              {say('执法监督与案件审查', 'Enforcement supervision')}
            </Typography>
          </Box>
        </Stack>
        <SearchBox />
        <Box sx={{ flex: 1 }} />
        <NoticeBell />
        <LanguageSwitch />
        <ViewerMenu />
      </Toolbar>
    </Bar>
  );
}
