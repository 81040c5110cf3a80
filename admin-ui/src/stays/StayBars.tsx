import { Box, Typography } from '@mui/material';
import { type Bar, Bars, type Lane, type Mark } from '../bars/Bars.tsx';
import { gaps, type Interval, joined } from '../bars/intervals.ts';
import { useRecordings } from '../bars/recordings.ts';
import { Nothing } from '../layout/states.tsx';
import { factWords } from '../subjects/FactValue.tsx';
import type { PartRecord, SubjectRecord } from '../subjects/record.ts';
import { useSubject } from '../vocabulary/Vocabulary.tsx';
import { useSay } from '../words/say.ts';
import { now, span } from '../words/time.ts';

const at = (value: unknown): number | null => (typeof value === 'string' ? new Date(value).getTime() : null);

/** A stay to scale: the time in the area, interviews with their files, watch with its holes, meals, leaves, restraint. */
export function StayBars({ stay }: { stay: SubjectRecord }) {
  const say = useSay();
  const subject = useSubject('stay');
  const interviews = stay.parts?.interviews ?? [];
  const { data = [] } = useRecordings(interviews.map((one) => one.id));
  const arrived = at(stay.arrivedAt);
  if (arrived === null)
    return (
      <Nothing title={say('尚未登记到案', 'Not arrived yet')} hint={say('登记到案后可见', 'Shown after the arrival')} />
    );
  const end = at(stay.leftAt) ?? now().getTime();
  const entered = at(stay.enteredAt);
  const stretch = (row: PartRecord): Interval | null => {
    const from = at(row.startedAt);
    return from === null ? null : { from, to: Math.max(at(row.endedAt) ?? end, from + 60_000) };
  };
  const words = (part: string, row: PartRecord): string => {
    const facts = subject.parts.find((one) => one.name === part)?.facts ?? [];
    return ['kind', 'reason', 'room']
      .flatMap((name) => facts.find((fact) => fact.name === name) ?? [])
      .map((fact) => factWords(fact, row[fact.name], stay.refs, say))
      .filter(Boolean)
      .join(' ');
  };
  const bars = (part: string, tone: Bar['tone']): Bar[] =>
    (stay.parts?.[part] ?? []).flatMap((row) => {
      const one = stretch(row);
      return one ? [{ ...one, tone, label: words(part, row) }] : [];
    });
  const inside: Interval | null = entered === null ? null : { from: entered, to: end };
  const sessions = bars('interviews', 'calm');
  const watches = bars('watches', 'good');
  const isHeld = stay.role === 'offender' || stay.role === 'suspect';
  const alone = inside && isHeld && stay.leftAt ? gaps(inside, [...watches, ...sessions], 60_000) : [];
  const files = data.flatMap((file): Bar[] => {
    const from = at(file.startedAt);
    return from === null ? [] : [{ from, to: at(file.endedAt) ?? end, tone: 'good', label: say('录像', 'Recorded') }];
  });
  const waiting = at(stay.waitingFrom);
  const lane = (zh: string, en: string, all: Bar[]): Lane[] =>
    all.length > 0 ? [{ label: say(zh, en), bars: all }] : [];
  const lanes: Lane[] = [
    ...lane(
      '在区',
      'In the area',
      inside ? [{ ...inside, tone: 'quiet', label: span(inside.to - inside.from, say) }] : [],
    ),
    ...lane('询（讯）问', 'Interviews', sessions),
    ...lane(
      '同步录音录像',
      'Recorded',
      joined(files).map((one) => ({ ...one, tone: 'good', label: say('录像', 'Recorded') })),
    ),
    ...lane('看管', 'Watch', [
      ...joined(watches).map((one): Bar => ({ ...one, tone: 'good', label: say('看管', 'Watched') })),
      ...alone.map((one): Bar => ({ ...one, tone: 'bad', hollow: true, label: span(one.to - one.from, say) })),
    ]),
    ...lane(
      '候问室',
      'Waiting room',
      waiting === null
        ? []
        : [{ from: waiting, to: at(stay.waitingUntil) ?? end, tone: 'other', label: String(stay.waitingRoom ?? '') }],
    ),
    ...lane('约束醒酒', 'Restraint', bars('restraints', 'warn')),
    ...lane('饮食休息', 'Meals and rest', bars('cares', 'other')),
    ...lane('中途出区', 'Leaves', bars('leaves', 'warn')),
  ];
  const marks: Mark[] = (
    [
      ['arrivedAt', '到案', 'Arrived'],
      ['enteredAt', '入区', 'Entered'],
      ['searchedAt', '检查', 'Searched'],
      ['familyToldAt', '通知家属', 'Family told'],
      ['detainedAt', '宣布拘留', 'Detained'],
      ['leftAt', '离区', 'Left'],
    ] as const
  ).flatMap(([name, zh, en]) => {
    const instant = at(stay[name]);
    return instant === null ? [] : [{ at: instant, label: say(zh, en) }];
  });
  const edges = lanes.flatMap((one) => one.bars.flatMap((bar) => [bar.from, bar.to]));
  const [from, to] = [Math.min(arrived, ...edges), Math.max(end, ...edges)];
  const margin = Math.max(120_000, (to - from) * 0.03);
  return (
    <Box>
      <Typography variant="body2" sx={{ mb: 1 }}>
        {say(
          `到案至${stay.leftAt ? '离区' : '目前'} ${span(end - arrived, say)}，询（讯）问 ${interviews.length} 次`,
          `${span(end - arrived, say)} since the arrival, ${interviews.length} interviews`,
        )}
      </Typography>
      <Bars within={{ from: from - margin, to: to + margin }} lanes={lanes} marks={marks} />
    </Box>
  );
}
