import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect } from 'react';
import { useSay } from '../words/say.ts';

/** Title of a page: heading, one line of hint, actions on the right; names the browser's tab too. */
export function PageTitle({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(title);
  return (
    <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 2, mb: 2, minHeight: 40 }}>
      <Box sx={{ flex: 1, minWidth: 200 }}>
        <Typography variant="h1">{title}</Typography>
        {hint && (
          <Typography color="text.secondary" variant="body2">
            {hint}
          </Typography>
        )}
      </Box>
      {children && (
        <Stack direction="row" spacing={1} className="no-print">
          {children}
        </Stack>
      )}
    </Stack>
  );
}

/** Names the browser's tab. */
export function useDocumentTitle(title: string): void {
  const say = useSay();
  useEffect(() => {
    if (title) document.title = `${title} · ${say('明镜', 'Mingjing')}`;
  }, [title, say]);
}
