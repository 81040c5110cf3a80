import BellIcon from '@mui/icons-material/NotificationsNoneOutlined';
import { Badge, Box, Button, IconButton, List, ListItemButton, Popover, Tooltip, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { api } from '../providers/http.ts';
import { type Text, useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { appPath } from './links.ts';
import { Nothing } from './states.tsx';

interface Notice {
  id: string;
  text: Text;
  link?: string | null;
  at: string;
  readAt?: string | null;
}

/** Notices of the viewer, newest first; new ones arrive by server-sent events. */
export function NoticeBell() {
  const say = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data } = useQuery({
    queryKey: ['notices'],
    queryFn: () => api<Notice[]>('/notices'),
    refetchInterval: 120_000,
    retry: false,
  });
  const notices = Array.isArray(data) ? data : [];
  const unread = notices.filter((one) => !one.readAt);

  const read = async (some: Notice[]) => {
    await Promise.all(
      some
        .filter((one) => !one.readAt)
        .map((one) => api(`/notices/${one.id}/read`, { method: 'POST', body: {} }).catch(() => undefined)),
    );
    await queries.invalidateQueries({ queryKey: ['notices'] });
  };
  const open = (one: Notice) => {
    setAnchor(null);
    void read([one]);
    if (one.link) navigate(appPath(one.link));
  };

  return (
    <>
      <Tooltip title={say('消息', 'Notices')}>
        <IconButton
          color="inherit"
          aria-label={say(`消息，${unread.length} 条未读`, `${unread.length} unread notices`)}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Badge
            badgeContent={unread.length}
            max={99}
            sx={{ '& .MuiBadge-badge': { bgcolor: '#d9b95b', color: '#241a00', fontWeight: 600 } }}
          >
            <BellIcon />
          </Badge>
        </IconButton>
      </Tooltip>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <Box sx={{ width: 400, maxWidth: '94vw' }}>
          <Box sx={{ display: 'flex', alignItems: 'center', px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
            <Typography variant="h4" component="h2" sx={{ flex: 1 }}>
              {say('消息', 'Notices')}
            </Typography>
            <Button disabled={unread.length === 0} onClick={() => void read(unread)}>
              {say('全部标为已读', 'Mark all read')}
            </Button>
          </Box>
          {notices.length === 0 ? (
            <Nothing
              title={say('没有消息', 'No notices')}
              hint={say('交办、催办、临期提醒会出现在这里', 'Assignments and reminders appear here')}
            />
          ) : (
            <List dense disablePadding sx={{ maxHeight: 460, overflow: 'auto' }}>
              {notices.map((one) => (
                <ListItemButton
                  key={one.id}
                  divider
                  onClick={() => open(one)}
                  sx={{ display: 'block', borderLeft: 3, borderLeftColor: one.readAt ? 'transparent' : 'primary.main' }}
                >
                  <Typography variant="body2" sx={{ fontWeight: one.readAt ? 400 : 600 }}>
                    {say(one.text)}
                  </Typography>
                  <Typography variant="caption" color="text.secondary">
                    {shortInstant(one.at)}
                  </Typography>
                </ListItemButton>
              ))}
            </List>
          )}
        </Box>
      </Popover>
    </>
  );
}
