import CheckIcon from '@mui/icons-material/Check';
import { Box, Card, Typography } from '@mui/material';
import type { SubjectRecord } from '../subjects/record.ts';
import { StatusTag } from '../subjects/Status.tsx';
import { TimeLeft } from '../subjects/TimeLeft.tsx';
import { useSay } from '../words/say.ts';
import { shortInstant } from '../words/time.ts';
import { findingStatus, isOpen, path, stationOf } from './states.ts';

/** When each station was left the first time. */
const left: Record<string, string> = {
  screening: 'issuedAt',
  issued: 'acknowledgedAt',
  explaining: 'signedOffAt',
  judging: 'judgedAt',
  rectifying: 'rectifiedAt',
  rechecking: 'closedAt',
  closed: 'closedAt',
};

/** The way of a finding with where it stands; a station aside is told beside it. */
export function Stepper({ finding }: { finding: SubjectRecord }) {
  const say = useSay();
  const state = String(finding.state);
  const here = (path as readonly string[]).indexOf(state);
  const aside = here < 0;
  return (
    <Card
      component="section"
      aria-label={say('办理进度', 'Progress')}
      sx={{ px: 2, py: 1.5, display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}
    >
      <Box
        component="ol"
        sx={{ display: 'flex', flex: 1, m: 0, p: 0, listStyle: 'none', minWidth: 320, overflowX: 'auto' }}
      >
        {path.map((station, index) => {
          const at = finding[left[station] ?? ''] as string | null | undefined;
          const done = state === 'closed' || (!aside && index < here) || (aside && Boolean(at));
          const now = index === here && state !== 'closed';
          const words = stationOf(station);
          return (
            <Box
              component="li"
              key={station}
              aria-current={now ? 'step' : undefined}
              sx={{
                flex: 1,
                minWidth: 76,
                position: 'relative',
                textAlign: 'center',
                '&:not(:first-of-type)::before': {
                  content: '""',
                  position: 'absolute',
                  top: 12,
                  right: 'calc(50% + 16px)',
                  left: 'calc(-50% + 16px)',
                  height: 2,
                  bgcolor: done || now ? 'primary.main' : '#d5dce4',
                },
              }}
            >
              <Box
                sx={{
                  width: 26,
                  height: 26,
                  mx: 'auto',
                  borderRadius: '50%',
                  display: 'grid',
                  placeItems: 'center',
                  fontSize: 13,
                  fontWeight: 600,
                  border: '2px solid',
                  borderColor: done || now ? 'primary.main' : '#c3ccd6',
                  bgcolor: done ? 'primary.main' : '#fff',
                  color: done ? '#fff' : now ? 'primary.main' : 'text.secondary',
                  boxShadow: now ? '0 0 0 4px #d6e4f5' : 'none',
                }}
              >
                {done ? <CheckIcon sx={{ fontSize: 16 }} /> : index + 1}
              </Box>
              <Typography
                sx={{
                  fontSize: 13,
                  mt: 0.5,
                  fontWeight: now ? 600 : 400,
                  color: now ? 'primary.main' : 'text.primary',
                  whiteSpace: 'nowrap',
                }}
              >
                {words ? say(words.label) : ''}
              </Typography>
              <Typography variant="caption" color="text.secondary" sx={{ whiteSpace: 'nowrap' }}>
                {done ? shortInstant(at) : '\u00a0'}
              </Typography>
            </Box>
          );
        })}
      </Box>
      <Box sx={{ display: 'flex', flexDirection: { xs: 'row', md: 'column' }, gap: 0.5, alignItems: 'flex-end' }}>
        <StatusTag status={findingStatus(finding)} />
        {isOpen(finding) && <TimeLeft due={finding.dueAt as string | null} />}
      </Box>
    </Card>
  );
}
