import { Alert, Box, Button, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { sentenceOf } from '../providers/http.ts';
import { useSay } from '../words/say.ts';

/** Grey bars where rows will be: no spinner, no jump. */
export function Waiting({ rows = 4, height = 40 }: { rows?: number; height?: number }) {
  return (
    <Stack spacing={1} sx={{ p: 2 }} aria-busy="true" aria-live="polite">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Skeleton key={row} variant="rounded" height={height} sx={{ opacity: 1 - row * 0.12 }} />
      ))}
    </Stack>
  );
}

/** What went wrong, in one sentence, and the next step. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useSay();
  return (
    <Alert
      severity="warning"
      variant="outlined"
      sx={{ m: 2, bgcolor: 'background.paper' }}
      action={
        retry && (
          <Button color="inherit" onClick={retry}>
            {say('再试一次', 'Try again')}
          </Button>
        )
      }
    >
      {sentenceOf(error)}
    </Alert>
  );
}

/** Nothing here: says why that is, and what to do next. */
export function Nothing({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <Box sx={{ py: 6, px: 2, textAlign: 'center' }}>
      <Box
        aria-hidden
        sx={{
          width: 56,
          height: 56,
          mx: 'auto',
          mb: 2,
          borderRadius: '50%',
          bgcolor: 'primary.light',
          display: 'grid',
          placeItems: 'center',
        }}
      >
        <Box
          sx={{
            width: 22,
            height: 22,
            borderRadius: '50%',
            border: '3px solid',
            borderColor: 'primary.main',
          }}
        />
      </Box>
      <Typography variant="h3" component="p">
        {title}
      </Typography>
      {hint && (
        <Typography color="text.secondary" sx={{ mt: 0.5 }}>
          {hint}
        </Typography>
      )}
      {action && <Box sx={{ mt: 2 }}>{action}</Box>}
    </Box>
  );
}
