/** Intervals of duty and recording as bars on a common axis. */
import { DateTime } from 'luxon';
import type { Bars } from './sheet.ts';
import { spanOf } from './wording.ts';

export interface IntervalRow {
  label: string;
  note?: string;
  spans: readonly { from: Date; to: Date; look: 'owed' | 'held' | 'missing' | 'exempt' }[];
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080];

/** Bars over the hull of all intervals, with at most eight ticks at round local times; null when there are none. */
export function intervalBars(rows: readonly IntervalRow[], zone: string): Bars | null {
  const all = rows.flatMap((row) => row.spans);
  if (all.length === 0) return null;
  const from = Math.min(...all.map((span) => span.from.getTime()));
  const to = Math.max(...all.map((span) => span.to.getTime()), from + 60_000);
  const minutes = (to - from) / 60_000;
  const step = steps.find((each) => minutes / each <= 7) ?? 10080;
  const day = DateTime.fromMillis(from, { zone }).startOf('day');
  const share = (instant: number): number => (instant - from) / (to - from);
  const ticks: { at: number; text: string }[] = [];
  const first = Math.ceil(DateTime.fromMillis(from, { zone }).diff(day, 'minutes').minutes / step) * step;
  for (let minute = first; ; minute += step) {
    const tick = day.plus({ minutes: minute });
    if (tick.toMillis() > to) break;
    ticks.push({ at: share(tick.toMillis()), text: tick.toFormat(step >= 1440 ? 'MM-dd' : 'HH:mm') });
  }
  return {
    kind: 'bars',
    ticks,
    rows: rows.map((row) => ({
      label: row.label,
      ...(row.note ? { note: row.note } : {}),
      spans: row.spans.map((span) => ({
        from: share(span.from.getTime()),
        to: share(span.to.getTime()),
        look: span.look,
        ...(span.look === 'missing' ? { text: `缺${spanOf(span.to.getTime() - span.from.getTime())}` } : {}),
      })),
    })),
  };
}
