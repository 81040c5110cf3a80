import { Box, ButtonBase, Card, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { TimeLeft } from '../subjects/TimeLeft.tsx';

interface Row {
  key: string;
  to: string;
  title: string;
  sub: string;
  due: string | null;
}

/** A short list of what waits, each row with its time left. */
export function Waits({ title, hint, nothing, rows }: { title: string; hint?: string; nothing: string; rows: Row[] }) {
  return (
    <Card component="section">
      <Box sx={{ px: 2, pt: 2, pb: 1 }}>
        <Typography variant="h3" component="h2">
          {title}
          {rows.length > 0 ? ` ${rows.length}` : ''}
        </Typography>
        {hint && (
          <Typography variant="caption" color="text.secondary">
            {hint}
          </Typography>
        )}
      </Box>
      {rows.length === 0 && (
        <Typography color="text.secondary" sx={{ px: 2, pb: 2 }}>
          {nothing}
        </Typography>
      )}
      <Box sx={{ maxHeight: 420, overflowY: 'auto' }}>
        {rows.map((row) => (
          <ButtonBase
            key={row.key}
            component={Link}
            to={row.to}
            sx={{
              display: 'flex',
              width: '100%',
              textAlign: 'left',
              gap: 2,
              px: 2,
              py: 1,
              borderTop: 1,
              borderColor: 'divider',
              alignItems: 'center',
              '&:hover': { bgcolor: '#f3f7fc' },
            }}
          >
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography sx={{ fontWeight: 600 }} noWrap>
                {row.title}
              </Typography>
              <Typography variant="body2" color="text.secondary" noWrap>
                {row.sub}
              </Typography>
            </Box>
            <TimeLeft due={row.due} />
          </ButtonBase>
        ))}
      </Box>
    </Card>
  );
}
