import CloseIcon from '@mui/icons-material/Close';
import { Box, Button, Drawer, IconButton, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { Failure, Waiting } from '../layout/states.tsx';
import { useSay } from '../words/say.ts';
import { ExplanationView } from './ExplanationView.tsx';
import { type DutyKey, type Explanation, useExplanation } from './explanation.ts';

/** 说明: why this duty is judged as it is, beside the page it is asked from. */
export function ExplainButton({ duty }: { duty: DutyKey }) {
  return (
    <Opener>
      <Fetched duty={duty} />
    </Opener>
  );
}

/** The explanation that a finding has kept since it was raised. */
export function StoredExplanation({ told, label }: { told: Explanation; label?: string }) {
  const say = useSay();
  return (
    <Opener label={label ?? say('发现时的判定说明', 'As it was judged')}>
      <ExplanationView told={told} stored />
    </Opener>
  );
}

function Opener({ label, children }: { label?: string; children: ReactNode }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} sx={{ minWidth: 0, px: 0.75 }}>
        {label ?? say('说明', 'Why')}
      </Button>
      <Drawer
        anchor="right"
        open={open}
        onClose={() => setOpen(false)}
        slotProps={{ paper: { sx: { width: { xs: '100%', sm: 620 } }, 'aria-label': say('判定说明', 'Why') } }}
      >
        <Box sx={{ display: 'flex', alignItems: 'center', px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
          <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
            {say('判定说明', 'Why it is judged so')}
          </Typography>
          <IconButton aria-label={say('关闭', 'Close')} onClick={() => setOpen(false)}>
            <CloseIcon />
          </IconButton>
        </Box>
        <Box sx={{ p: 2.5, overflowY: 'auto' }}>{open && children}</Box>
      </Drawer>
    </>
  );
}

function Fetched({ duty }: { duty: DutyKey }) {
  const { data, error, isPending, refetch } = useExplanation(duty);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return isPending ? <Waiting rows={6} height={48} /> : <ExplanationView told={data} />;
}
