import { Box, Typography } from '@mui/material';
import { Bars, type Lane, type Mark } from '../bars/Bars.tsx';
import { gaps, type Interval, joined, length } from '../bars/intervals.ts';
import { useRecordings } from '../bars/recordings.ts';
import { type PartRecord, referred, refName, type SubjectRecord } from '../subjects/record.ts';
import { Tag } from '../subjects/Status.tsx';
import { useSay } from '../words/say.ts';
import { now, span } from '../words/time.ts';

const at = (value: unknown): number | null => (typeof value === 'string' ? new Date(value).getTime() : null);

/** One dispatch to scale: its instants, the time that must be recorded, every wearer's files, the gaps. */
export function DispatchBars({ alarm, dispatch }: { alarm: SubjectRecord; dispatch: PartRecord }) {
  const say = useSay();
  const wearers = [
    ...new Set(
      [dispatch.officer, ...((dispatch.officers as number[] | null) ?? [])].filter(
        (id): id is number => typeof id === 'number',
      ),
    ),
  ];
  const end = (dispatch.handledAt ?? dispatch.fedBackAt ?? alarm.handledAt ?? now().toISOString()) as string;
  const { data = [] } = useRecordings(dispatch.id);
  const sent = at(dispatch.sentAt);
  if (sent === null) return null;
  const until = at(end) ?? sent;
  const margin = Math.max(60_000, (until - sent) * 0.04);
  const within: Interval = { from: sent - margin, to: Math.max(until, at(dispatch.fedBackAt) ?? 0) + margin };
  const arrived = at(dispatch.arrivedAt);
  const owed: Interval | null = arrived ? { from: arrived, to: at(dispatch.handledAt) ?? until } : null;
  const files = data.map((one) => ({
    from: new Date(one.startedAt).getTime(),
    to: one.endedAt ? new Date(one.endedAt).getTime() : now().getTime(),
    wearer: one.wearer,
    number: one.number,
  }));
  const holes = owed ? gaps(owed, files, 120_000) : [];
  const covered = owed ? Math.round((1 - length(holes) / Math.max(1, owed.to - owed.from)) * 100) : null;
  const marks: Mark[] = (
    [
      ['sentAt', '派警', 'Sent'],
      ['acknowledgedAt', '签收', 'Acknowledged'],
      ['arrivedAt', '到场', 'Arrived'],
      ['handledAt', '处置完毕', 'Handled'],
      ['fedBackAt', '反馈', 'Fed back'],
    ] as const
  ).flatMap(([name, zh, en]) => {
    const instant = at(dispatch[name]);
    return instant ? [{ at: instant, label: say(zh, en) }] : [];
  });
  const lanes: Lane[] = [
    ...(owed
      ? [
          {
            label: say('应当录像', 'To be recorded'),
            bars: [{ ...owed, tone: 'calm' as const, label: span(owed.to - owed.from, say) }],
          },
        ]
      : []),
    ...wearers.map((wearer) => ({
      label: refName(referred(alarm.refs, { kind: 'person' }, wearer)) ?? say('佩戴人', 'Wearer'),
      bars: joined(files.filter((file) => file.wearer === wearer)).map((bar) => ({
        ...bar,
        tone: 'good' as const,
        label: say('录像', 'Recorded'),
      })),
    })),
    ...(holes.length > 0
      ? [
          {
            label: say('缺录', 'Not recorded'),
            bars: holes.map((hole) => ({
              ...hole,
              tone: 'bad' as const,
              hollow: true,
              label: span(hole.to - hole.from, say),
            })),
          },
        ]
      : []),
  ];
  return (
    <Box>
      {covered !== null && (
        <Typography variant="body2" component="div" sx={{ mb: 1, display: 'flex', gap: 1, alignItems: 'center' }}>
          {say('到场至处置完毕录像覆盖', 'Covered from arrival to end')}{' '}
          <Tag tone={covered >= 95 ? 'good' : 'warn'}>{covered}%</Tag>
          {holes.length > 0 && (
            <span>
              {say(
                `最长缺录 ${span(Math.max(...holes.map((hole) => hole.to - hole.from)), say)}`,
                `longest gap ${span(Math.max(...holes.map((hole) => hole.to - hole.from)), say)}`,
              )}
            </span>
          )}
        </Typography>
      )}
      <Bars within={within} lanes={lanes} marks={marks} />
    </Box>
  );
}
