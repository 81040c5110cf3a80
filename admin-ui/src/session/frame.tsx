import { Box, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { blue, gold } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';

/** The page before the pages: emblem on deep blue, one card. */
export function SessionFrame({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  const say = useSay();
  return (
    <Box
      sx={{
        minHeight: '100vh',
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: 'minmax(360px, 1fr) minmax(480px, 1.25fr)' },
        bgcolor: 'background.default',
      }}
    >
      <Box
        sx={{
          bgcolor: blue.night,
          color: '#fff',
          p: { xs: 3, md: 8 },
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'center',
          borderRight: { md: `3px solid ${gold}` },
          position: 'relative',
          overflow: 'hidden',
        }}
      >
        <Box
          aria-hidden
          sx={{
            position: 'absolute',
            right: -160,
            bottom: -160,
            width: 480,
            height: 480,
            borderRadius: '50%',
            border: '1px solid rgba(217,185,91,.25)',
            boxShadow: 'inset 0 0 0 48px rgba(159,195,239,.05), inset 0 0 0 96px rgba(159,195,239,.04)',
          }}
        />
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center', position: 'relative' }}>
          <Box
            component="img"
            src="/emblem.svg"
            alt=""
            sx={{ width: { xs: 44, md: 64 }, height: { xs: 44, md: 64 } }}
          />
          <Box>
            <Typography
              component="h1"
              sx={{ fontSize: { xs: 26, md: 40 }, fontWeight: 700, letterSpacing: 8, lineHeight: 1.2 }}
            >
              {say('明镜', 'Mingjing')}
            </Typography>
            <Typography sx={{ color: '#b9cbe2', letterSpacing: 1 }}>
              {say('执法监督与案件审查系统', 'Enforcement supervision and case audit')}
            </Typography>
          </Box>
        </Stack>
        <Stack
          component="ul"
          spacing={2}
          sx={{
            display: { xs: 'none', md: 'flex' },
            listStyle: 'none',
            p: 0,
            mt: 6,
            mb: 0,
            color: '#d5e1f0',
            position: 'relative',
          }}
        >
          {points.map(([zh, en]) => (
            <Box component="li" key={en} sx={{ pl: 2, borderLeft: `2px solid ${gold}` }}>
              {say(zh, en)}
            </Box>
          ))}
        </Stack>
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'center',
          p: { xs: 2, md: 6 },
          maxWidth: 720,
          width: '100%',
          mx: 'auto',
        }}
      >
        {children}
        {aside}
      </Box>
    </Box>
  );
}

const points = [
  ['接处警、办案、涉案财物，一条链看到底', 'Alarm, case and property in one chain'],
  ['期限临近先提醒，依据写在规则里', 'A reminder before every limit, with its article'],
  ['问题由人认定，过程全程留痕', 'People judge, and every step is kept'],
] as const;
