import { Box, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { type ToneName, tones } from '../theme/colours.ts';
import { useSay } from '../words/say.ts';
import { clockTime, shortInstant, span } from '../words/time.ts';
import type { Interval } from './intervals.ts';

export interface Bar extends Interval {
  tone: ToneName;
  label?: string;
  /** Drawn hatched: something missing. */
  hollow?: boolean;
  link?: string;
}

export interface Lane {
  label: string;
  bars: Bar[];
}

export interface Mark {
  at: number;
  label: string;
}

const steps = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

/** Whole minutes or hours at a distance that leaves room for their words. */
function ticks(within: Interval): number[] {
  const seconds = (within.to - within.from) / 1_000;
  const step = (steps.find((one) => seconds / one <= 9) ?? 86_400) * 1_000;
  const all: number[] = [];
  for (let at = Math.ceil(within.from / step) * step; at <= within.to; at += step) all.push(at);
  return all;
}

/** Lanes of bars over one time scale; gaps are as wide as they were long. */
export function Bars({ within, lanes, marks = [] }: { within: Interval; lanes: Lane[]; marks?: Mark[] }) {
  const say = useSay();
  const place = (at: number) =>
    `${Math.min(100, Math.max(0, ((at - within.from) / (within.to - within.from)) * 100))}%`;
  const words = (bar: Bar) =>
    `${bar.label ?? ''} ${clockTime(new Date(bar.from))}–${clockTime(new Date(bar.to))} ${span(bar.to - bar.from, say)}`.trim();
  return (
    <Box
      role="img"
      aria-label={lanes.map((lane) => `${lane.label} ${lane.bars.map(words).join(';')}`).join('。')}
      sx={{ display: 'grid', gridTemplateColumns: { xs: '76px 1fr', sm: '128px 1fr' }, rowGap: 0.75, columnGap: 1.5 }}
    >
      <Box />
      <Box sx={{ position: 'relative', height: marks.length > 0 ? 22 : 0 }}>
        {flags(marks, within).map((mark) => (
          <Box
            key={mark.label + mark.at}
            sx={{
              position: 'absolute',
              left: place(mark.at),
              bottom: 0,
              transform: mark.shift,
              fontSize: 12,
              whiteSpace: 'nowrap',
              color: 'text.secondary',
            }}
          >
            {mark.label}
          </Box>
        ))}
      </Box>
      {lanes.map((lane) => (
        <Row key={lane.label} label={lane.label}>
          {marks.map((mark) => (
            <Box
              key={mark.label}
              sx={{
                position: 'absolute',
                left: place(mark.at),
                top: -4,
                bottom: -4,
                width: 0,
                borderLeft: '1px dashed #9aa8b6',
              }}
            />
          ))}
          {lane.bars.map((bar) => {
            const { ink, paper, line } = tones[bar.tone];
            const width =
              ((Math.min(bar.to, within.to) - Math.max(bar.from, within.from)) / (within.to - within.from)) * 100;
            return (
              <Box
                key={`${bar.tone}${bar.from}`}
                title={words(bar)}
                sx={{
                  position: 'absolute',
                  left: place(bar.from),
                  width: `max(3px, ${width}%)`,
                  top: 3,
                  bottom: 3,
                  borderRadius: '3px',
                  overflow: 'hidden',
                  fontSize: 12,
                  lineHeight: '20px',
                  px: width > 6 ? 0.75 : 0,
                  whiteSpace: 'nowrap',
                  color: bar.hollow ? ink : '#fff',
                  bgcolor: bar.hollow ? paper : ink,
                  border: bar.hollow ? `1px dashed ${ink}` : 'none',
                  ...(bar.hollow
                    ? {
                        backgroundImage: `repeating-linear-gradient(45deg, transparent 0 6px, ${line} 6px 8px)`,
                        fontWeight: 600,
                      }
                    : {}),
                }}
              >
                {width > 8 ? (bar.label ?? '') : ''}
              </Box>
            );
          })}
        </Row>
      ))}
      <Box />
      <Box sx={{ position: 'relative', height: 20, borderTop: '1px solid #b8c2cd' }}>
        {ticks(within).map((at) => (
          <Typography
            key={at}
            variant="caption"
            sx={{
              position: 'absolute',
              left: place(at),
              transform: 'translateX(-50%)',
              color: 'text.secondary',
              '&::before': {
                content: '""',
                position: 'absolute',
                left: '50%',
                top: 0,
                height: 4,
                borderLeft: '1px solid #b8c2cd',
              },
              pt: '3px',
            }}
          >
            {within.to - within.from > 86_400_000 ? shortInstant(new Date(at)).slice(0, 5) : clockTime(new Date(at))}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <>
      <Stack sx={{ justifyContent: 'center', fontSize: 13, minWidth: 0, overflow: 'hidden' }}>{label}</Stack>
      <Box sx={{ position: 'relative', height: 28, bgcolor: '#f0f3f7', borderRadius: '4px' }}>{children}</Box>
    </>
  );
}

interface Flag extends Mark {
  shift: string;
}

/** Marks that stand close share one label; those at the edges lean inwards. */
function flags(marks: Mark[], within: Interval): Flag[] {
  const whole = within.to - within.from;
  const groups: Mark[][] = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last && mark.at - (last.at(-1)?.at ?? 0) < whole * 0.05) last.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => {
    const at = group.reduce((sum, mark) => sum + mark.at, 0) / group.length;
    const left = (at - within.from) / whole;
    return {
      at,
      label: group.map((mark) => mark.label).join('、'),
      shift: left < 0.06 ? 'none' : left > 0.94 ? 'translateX(-100%)' : 'translateX(-50%)',
    };
  });
}
