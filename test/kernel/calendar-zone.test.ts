import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { type ClockChange, dayText, endOf, localDay, localInstant } from '../../server/kernel/calendar.ts';
import { zones } from './calendar-samples.ts';

const both = (text: string, zone: string) =>
  (['earlier', 'later', 'unknown'] as ClockChange[]).map(
    (policy) => localInstant(text, zone, policy)?.toISOString() ?? null,
  );

describe('a local time', () => {
  it('in China is always one instant', () => {
    expect(new Set(both('2026-01-05 08:00', 'Asia/Shanghai'))).deep.equals(new Set(['2026-01-05T00:00:00.000Z']));
    expect(localInstant('2026-01-05T08:00:01.5')?.toISOString()).equals('2026-01-05T00:00:01.500Z');
  });

  it('that exists twice is the earlier, the later or unknown', () => {
    expect(both('2025-10-26 02:30', 'Europe/Rome')).deep.equals([
      '2025-10-26T00:30:00.000Z',
      '2025-10-26T01:30:00.000Z',
      null,
    ]);
    expect(both('2025-11-02 01:59:59.999', 'America/New_York')).deep.equals([
      '2025-11-02T05:59:59.999Z',
      '2025-11-02T06:59:59.999Z',
      null,
    ]);
  });

  it('that does not exist is the earlier, the later or unknown', () => {
    expect(both('2025-03-30 02:30', 'Europe/Rome')).deep.equals([
      '2025-03-30T00:30:00.000Z',
      '2025-03-30T01:30:00.000Z',
      null,
    ]);
  });

  it('on the edge of a clock change is sharp to the millisecond', () => {
    const sharp = (text: string) => both(text, 'Europe/Rome').at(-1);
    expect(sharp('2025-03-30 01:59:59.999')).equals('2025-03-30T00:59:59.999Z');
    expect(sharp('2025-03-30 02:00')).equals(null);
    expect(sharp('2025-03-30 02:59:59.999')).equals(null);
    expect(sharp('2025-03-30 03:00')).equals('2025-03-30T01:00:00.000Z');
    expect(sharp('2025-10-26 01:59:59.999')).equals('2025-10-25T23:59:59.999Z');
    expect(sharp('2025-10-26 02:00')).equals(null);
    expect(sharp('2025-10-26 03:00')).equals('2025-10-26T02:00:00.000Z');
  });

  it('of an hour that runs twice stays in order by either policy', () => {
    const minutes = Array.from(
      { length: 240 },
      (_, i) => `2025-10-26 0${Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}`,
    );
    for (const policy of ['earlier', 'later'] as const) {
      const instants = minutes.map((text) => localInstant(text, 'Europe/Rome', policy)!.getTime());
      expect(instants).deep.equals(instants.toSorted((a, b) => a - b));
    }
  });

  it('that is none is refused', () => {
    const wrong = [
      '2026-02-30 08:00',
      '2026-01-05',
      '2026-01-05 24:00',
      '2026-01-05 08:60',
      '05/01/2026 08:00',
      '',
      '2026-01-05 8:00',
    ];
    for (const text of [...wrong, '2026-01-05 08:00Z', '2026-01-05 08:00:00.1234', ' 2026-01-05 08:00']) {
      expect(() => localInstant(text), text).throws(RangeError, 'not a local time');
    }
    expect(() => localInstant('2026-01-05 08:00', 'Asia/Lanchuan')).throws(RangeError, 'unknown time zone');
  });

  it('comes back as the same wall clock, from any instant and in any zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('1995-01-01'), max: Date.parse('2040-01-01') }),
        fc.constantFrom(...zones, 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Havana'),
        (ms, zone) => {
          const wall = DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm:ss.SSS');
          const found = [localInstant(wall, zone, 'earlier')!.getTime(), localInstant(wall, zone, 'later')!.getTime()];
          expect(found).includes(ms);
          expect(found[0]).at.most(found[1]!);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a local day', () => {
  it('ends one millisecond before the next begins, whatever the clock does at midnight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 25_000 }),
        fc.constantFrom(...zones, 'America/Havana', 'Asia/Beirut', 'Asia/Kathmandu'),
        (day, zone) => {
          const end = endOf(day, zone);
          expect(localDay(end, zone)).equals(day);
          expect(localDay(new Date(end.getTime() + 1), zone)).equals(day + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is the one of the bureau, not of the machine', () => {
    expect(dayText(localDay(new Date('2026-01-05T15:59:59.999Z')))).equals('2026-01-05');
    expect(dayText(localDay(new Date('2026-01-05T16:00:00.000Z')))).equals('2026-01-06');
    expect(dayText(localDay(new Date('2026-01-05T16:00:00.000Z'), 'America/New_York'))).equals('2026-01-05');
  });
});
