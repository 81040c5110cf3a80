import { Box, type Theme, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { Layout } from 'react-admin';
import { useSession } from '../providers/session.ts';
import { ChangePassword } from '../session/ChangePassword.tsx';
import { VocabularyProvider } from '../vocabulary/Vocabulary.tsx';
import { DemonstrationBanner } from './DemonstrationBanner.tsx';
import { EventStream } from './EventStream.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { SideMenu } from './SideMenu.tsx';
import { TopBar } from './TopBar.tsx';
import { Watermark } from './Watermark.tsx';
import { WorkBanner } from './WorkBanner.tsx';

/** Frame of every page: bar, menu (a bar at the bottom on phones), banner of demonstration data, watermark. */
export function AppLayout({ children }: { children: ReactNode }) {
  const session = useSession();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  if (session?.mustChangePassword) return <ChangePassword forced />;
  return (
    <>
      <Layout appBar={TopBar} menu={SideMenu} sx={frame}>
        <DemonstrationBanner />
        <WorkBanner />
        <Box
          sx={{
            px: { xs: 1.5, sm: 3 },
            pt: 2,
            pb: { xs: 10, sm: 4 },
            width: '100%',
            maxWidth: 1680,
            minWidth: 0,
            mx: 'auto',
            boxSizing: 'border-box',
          }}
        >
          <VocabularyProvider>{children}</VocabularyProvider>
        </Box>
      </Layout>
      {phone && <PhoneBar />}
      <EventStream />
      <Watermark />
    </>
  );
}

const frame = {
  // a wide table scrolls in its own card, it does not widen the page
  minWidth: 0,
  '& .RaLayout-appFrame': { marginTop: 7, minWidth: 0 },
  '& .RaLayout-contentWithSidebar': { minWidth: 0 },
  '& .RaLayout-content': { padding: 0, backgroundColor: 'background.default', minWidth: 0 },
  '& .RaSidebar-fixed': {
    paddingTop: 1,
    backgroundColor: '#fff',
    borderRight: '1px solid',
    borderColor: 'divider',
    height: 'calc(100vh - 56px)',
    boxSizing: 'border-box',
  },
} as const;
