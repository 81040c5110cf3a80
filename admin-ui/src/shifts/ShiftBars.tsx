import { Bars, type Lane } from '../bars/Bars.tsx';
import { gaps, type Interval, joined } from '../bars/intervals.ts';
import { useRecordings } from '../bars/recordings.ts';
import { type PartRecord, referred, refName, type SubjectRecord } from '../subjects/record.ts';
import { useSay } from '../words/say.ts';
import { now, span } from '../words/time.ts';

const at = (value: unknown, otherwise: number): number =>
  typeof value === 'string' ? new Date(value).getTime() : otherwise;
/** Kinds of duty that owe a camera that is on (domain.md §1.1, no. 10). */
const owing = ['response', 'patrol', 'checkpoint', 'inspection'];

/** A shift to scale: planned, actual, exempt, device online with its gaps, recordings. */
export function ShiftBars({ shift }: { shift: SubjectRecord }) {
  const say = useSay();
  const { data = [] } = useRecordings(shift.id);
  const today = now().getTime();
  const planned: Interval = { from: at(shift.plannedStart, today), to: at(shift.plannedEnd, today) };
  const actual: Interval | null = shift.startedAt
    ? {
        from: at(shift.startedAt, 0),
        to: at(shift.endedAt, Math.min(today, Math.max(planned.to, at(shift.startedAt, 0)))),
      }
    : null;
  const parts = (name: string): (Interval & { row: PartRecord })[] =>
    (shift.parts?.[name] ?? []).map((row) => ({
      from: at(row.startedAt, 0),
      to: at(row.endedAt, actual?.to ?? today),
      row,
    }));
  const online = parts('onlines');
  const exempt = parts('exemptions');
  const files = data.map((one) => ({ from: at(one.startedAt, 0), to: at(one.endedAt, today) }));
  const edges = [planned, ...(actual ? [actual] : [])];
  const within = {
    from: Math.min(...edges.map((one) => one.from)) - 900_000,
    to: Math.max(...edges.map((one) => one.to)) + 900_000,
  };
  const dark =
    actual && owing.includes(String(shift.kind)) && online.length > 0
      ? gaps(actual, [...online, ...exempt], 60_000)
      : [];
  const wearer = refName(referred(shift.refs, { kind: 'person' }, String(shift.officer))) ?? '';
  const lanes: Lane[] = [
    {
      label: say('计划勤务', 'Planned'),
      bars: [{ ...planned, tone: 'quiet', label: span(planned.to - planned.from, say) }],
    },
    ...(actual
      ? [
          {
            label: say('实际在岗', 'Actual'),
            bars: [{ ...actual, tone: 'calm' as const, label: span(actual.to - actual.from, say) }],
          },
        ]
      : []),
    ...(exempt.length > 0
      ? [
          {
            label: say('免予开机', 'Exempt'),
            bars: exempt.map((one) => ({
              from: one.from,
              to: one.to,
              tone: 'other' as const,
              label: say('报备', 'Reported'),
            })),
          },
        ]
      : []),
    {
      label: say('设备在线', 'Device online'),
      bars: [
        ...joined(online).map((one) => ({ ...one, tone: 'good' as const, label: say('在线', 'Online') })),
        ...dark.map((one) => ({ ...one, tone: 'bad' as const, hollow: true, label: span(one.to - one.from, say) })),
      ],
    },
    {
      label: say(`录像 ${wearer}`, `Recorded ${wearer}`),
      bars: joined(files).map((one) => ({ ...one, tone: 'good' as const, label: say('录像', 'Recorded') })),
    },
  ];
  return <Bars within={within} lanes={lanes} />;
}
