import { expect } from 'chai';
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import {
  addWorkingDays,
  chineseCalendar as calendar,
  createCalendar,
  type DueOptions,
  dayOf,
  dayText,
  dueAt,
  dueRange,
  extended,
  type Limit,
  limitOf,
  localInstant,
  rollForward,
} from '../../server/kernel/calendar.ts';
import { slowDue } from './calendar-reference.ts';
import { anyDue } from './calendar-samples.ts';

const at = (text: string, zone?: string) => localInstant(text, zone)!;
const due = (opened: string, limit: string, options: DueOptions = {}) =>
  dueAt(at(opened, options.zone), limitOf(limit), calendar, options)?.toISOString();
const shanghai = (text: string) => at(text).toISOString();
const pause = (from: string, to: string | null) => ({ from: at(from), to: to === null ? null : at(to) });

describe('limits', () => {
  it('hours and minutes are elapsed time, also over a holiday', () => {
    expect(due('2026-09-30 18:00', '24h')).equals(shanghai('2026-10-01 18:00'));
    expect(due('2026-01-05 08:00', '8m')).equals(shanghai('2026-01-05 08:08'));
  });

  it('days do not count the first day and end with the last', () => {
    expect(due('2026-03-02 00:00', '3d')).equals(shanghai('2026-03-05 23:59:59.999'));
    expect(due('2026-03-02 23:59:59.999', '3d')).equals(shanghai('2026-03-05 23:59:59.999'));
  });

  it('a month that has no such day ends on its last day', () => {
    expect(due('2026-01-31 09:00', '1mo', { rolls: false })).equals(shanghai('2026-02-28 23:59:59.999'));
    expect(due('2024-01-31 09:00', '1mo')).equals(shanghai('2024-02-29 23:59:59.999'));
    expect(due('2024-02-29 09:00', '12mo')).equals(shanghai('2025-02-28 23:59:59.999'));
    expect(due('2025-12-31 09:00', '2mo', { rolls: false })).equals(shanghai('2026-02-28 23:59:59.999'));
  });

  it('a last day on a holiday rolls forward, a make-up workday is a workday', () => {
    expect(due('2026-09-28 09:00', '3d')).equals(shanghai('2026-10-08 23:59:59.999'));
    expect(due('2026-09-28 09:00', '12d')).equals(shanghai('2026-10-10 23:59:59.999'));
    expect(dayText(rollForward(dayOf('2026-02-15'), calendar))).equals('2026-02-24');
  });

  it('nothing rolls where a person is held', () => {
    expect(due('2026-09-28 09:00', '3d', { rolls: false })).equals(shanghai('2026-10-01 23:59:59.999'));
  });

  it('working days count make-up workdays and leave out holidays', () => {
    expect(due('2026-02-13 09:00', '2wd')).equals(shanghai('2026-02-24 23:59:59.999'));
    expect(due('2026-02-24 09:00', '4wd')).equals(shanghai('2026-02-28 23:59:59.999'));
    expect(due('2026-10-03 09:00', '1wd')).equals(shanghai('2026-10-08 23:59:59.999'));
  });

  it('a limit of nothing, of less or of a half is refused', () => {
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => dueAt(at('2026-01-01 00:00'), { n, unit: 'd' }, calendar)).throws(RangeError, 'at least 1');
    }
    for (const text of ['0d', '24', 'h', '3 d', '-3d', '1.5h', '3w']) expect(() => limitOf(text)).throws(RangeError);
    expect(() => dueAt(new Date(Number.NaN), limitOf('3d'), calendar)).throws(RangeError, 'no instant');
  });

  it('extensions lengthen the limit itself, in its own unit', () => {
    expect(extended(limitOf('30d'), [limitOf('30d'), limitOf('30d')])).deep.equals({ n: 90, unit: 'd' });
    expect(() => extended(limitOf('24h'), [limitOf('3d')])).throws(RangeError, 'not extended');
  });
});

describe('pauses', () => {
  it('hours stand still for as long as the pause lasts', () => {
    expect(due('2026-03-02 08:00', '24h', { pauses: [pause('2026-03-02 10:00', '2026-03-02 13:30')] })).equals(
      shanghai('2026-03-03 11:30'),
    );
  });

  it('days move by dates, working days by the working days in the pause', () => {
    const pauses = [pause('2026-03-03 22:00', '2026-03-08 01:00')];
    expect(due('2026-03-02 08:00', '10d', { pauses })).equals(shanghai('2026-03-17 23:59:59.999'));
    expect(due('2026-03-02 08:00', '5wd', { pauses })).equals(shanghai('2026-03-12 23:59:59.999'));
  });

  it('overlapping pauses count once', () => {
    const pauses = [pause('2026-03-05 00:00', '2026-03-09 00:00'), pause('2026-03-03 00:00', '2026-03-07 00:00')];
    expect(due('2026-03-02 08:00', '10d', { pauses })).equals(shanghai('2026-03-18 23:59:59.999'));
  });

  it('a pause counts from the opening on, and not at all when it begins after the due time', () => {
    expect(due('2026-03-02 08:00', '2h', { pauses: [pause('2026-03-01 08:00', '2026-03-02 09:00')] })).equals(
      shanghai('2026-03-02 11:00'),
    );
    expect(due('2026-03-02 08:00', '2h', { pauses: [pause('2026-03-02 10:00:00.001', '2026-03-02 12:00')] })).equals(
      shanghai('2026-03-02 10:00'),
    );
    expect(due('2026-03-02 08:00', '2h', { pauses: [pause('2026-03-02 10:00', '2026-03-02 12:00')] })).equals(
      shanghai('2026-03-02 12:00'),
    );
  });

  it('a second pause counts when the first one moved the due time up to it', () => {
    const pauses = [pause('2026-03-02 09:00', '2026-03-02 12:00'), pause('2026-03-02 13:00', '2026-03-02 14:00')];
    expect(due('2026-03-02 08:00', '2h', { pauses })).equals(shanghai('2026-03-02 14:00'));
    expect(due('2026-03-02 08:00', '3h', { pauses })).equals(shanghai('2026-03-02 15:00'));
  });

  it('while a pause is open nothing is due', () => {
    expect(due('2026-03-02 08:00', '10d', { pauses: [pause('2026-03-05 08:00', null)] })).equals(undefined);
    expect(due('2026-03-02 08:00', '10d', { pauses: [pause('2026-03-13 00:00', null)] })).equals(
      shanghai('2026-03-12 23:59:59.999'),
    );
  });

  it('a pause without a start, an empty and a reversed one are none', () => {
    const pauses = [
      { from: null, to: at('2026-03-05 08:00') },
      { from: null, to: null },
      pause('2026-03-03 08:00', '2026-03-03 08:00'),
      pause('2026-03-05 08:00', '2026-03-03 08:00'),
    ];
    expect(due('2026-03-02 08:00', '10d', { pauses })).equals(due('2026-03-02 08:00', '10d'));
  });

  it('rolling comes last', () => {
    const pauses = [pause('2026-09-20 08:00', '2026-09-22 08:00')];
    expect(due('2026-09-19 09:00', '10d', { pauses })).equals(shanghai('2026-10-08 23:59:59.999'));
  });
});

describe('years that are not published', () => {
  const range = (opened: string, limit: string, options?: DueOptions) => {
    const { due, earliest, latest } = dueRange(at(opened), limitOf(limit), calendar, options);
    return [due, earliest, latest].map(
      (bound) => bound && dayText(Math.floor((bound.getTime() + 8 * 3_600_000) / 86_400_000)),
    );
  };

  it('are a range from weekends alone to the longest published run', () => {
    expect(calendar.longestRun).equals(10);
    expect(range('2027-02-01 09:00', '3d')).deep.equals(['2027-02-04', '2027-02-04', '2027-02-15']);
    expect(range('2027-02-01 09:00', '5wd')).deep.equals(['2027-02-08', '2027-02-08', '2027-02-18']);
    expect(range('2026-12-30 09:00', '2wd')).deep.equals(['2027-01-01', '2027-01-01', '2027-01-13']);
  });

  it('lie before the first published one too', () => {
    expect(range('2006-12-27 09:00', '3wd')).deep.equals(['2007-01-04', '2007-01-04', '2007-01-16']);
    expect(range('2006-12-29 09:00', '1d')).deep.equals(['2007-01-04', '2007-01-04', '2007-01-09']);
  });

  it('are exact where no calendar is asked', () => {
    expect(range('2027-02-01 09:00', '24h')).deep.equals(['2027-02-02', '2027-02-02', '2027-02-02']);
    expect(range('2027-02-01 09:00', '5d', { rolls: false })).deep.equals(['2027-02-06', '2027-02-06', '2027-02-06']);
    expect(range('2026-11-02 09:00', '20wd')).deep.equals(['2026-11-30', '2026-11-30', '2026-11-30']);
    const open = { pauses: [pause('2027-02-02 08:00', null)] };
    expect(range('2027-02-01 09:00', '5wd', open)).deep.equals([null, null, null]);
  });

  it('hold what the state then published, for short limits, but for make-up workdays', () => {
    const unknown = { ...createCalendar({}, [2007, 2030]), longestRun: calendar.longestRun };
    fc.assert(
      fc.property(
        fc.integer({ min: dayOf('2007-01-05'), max: dayOf('2026-11-30') }),
        fc.constantFrom<Limit>({ n: 1, unit: 'd' }, { n: 3, unit: 'wd' }, { n: 10, unit: 'wd' }, { n: 7, unit: 'd' }),
        (day, limit) => {
          const opened = at(`${dayText(day)} 12:00`);
          const { latest } = dueRange(opened, limit, unknown);
          expect(dueAt(opened, limit, calendar)!.getTime()).at.most(latest!.getTime());
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('beyond the table there are weekends', () => {
    expect(due('2030-12-31 09:00', '1wd')).equals(shanghai('2031-01-01 23:59:59.999'));
    expect(due('2035-06-01 09:00', '5wd')).equals(shanghai('2035-06-08 23:59:59.999'));
    expect(due('1999-01-01 09:00', '1d')).equals(shanghai('1999-01-04 23:59:59.999'));
    for (const ordinal of [-5, -1, 0, 1, 2, 5990, 6100, 7000]) {
      expect(calendar.ordinal(calendar.nth(ordinal))).equals(ordinal);
    }
  });
});

describe('the calendar', () => {
  it('agrees with a second source on every day from 2007 to 2026', () => {
    for (let day = calendar.publishedFrom; day <= calendar.publishedUntil; day += 1) {
      expect(calendar.working(day), dayText(day)).equals(chineseDays.isWorkday(dayText(day)));
    }
  });

  it('counts working days as one would on fingers', () => {
    for (let day = calendar.first - 400; day <= calendar.last + 400; day += 1) {
      const more = calendar.ordinal(day) - calendar.ordinal(day - 1);
      expect(more, dayText(day)).equals(calendar.working(day) ? 1 : 0);
      if (more === 1) expect(calendar.nth(calendar.ordinal(day)), dayText(day)).equals(day);
    }
    expect(dayText(addWorkingDays(dayOf('2026-02-13'), 1, calendar))).equals('2026-02-14');
  });

  it('refuses what is no date and years with a hole', () => {
    for (const text of ['2026-02-30', '2026-2-3', '20260203', '', '2026-13-01'])
      expect(() => dayOf(text)).throws(RangeError);
    const year = { off: '01-01', work: '' };
    expect(() => createCalendar({ 2024: year, 2026: year }, [2024, 2026])).throws(RangeError, 'missing');
    expect(() => createCalendar({ 2025: { off: '02-29', work: '' } }, [2025, 2025])).throws(RangeError);
  });
});

it('dueAt agrees with a slow walk day by day, in four zones', () => {
  fc.assert(
    fc.property(anyDue, ({ opened, limit, options }) => {
      const [fast, slow] = [dueAt(opened, limit, calendar, options), slowDue(opened, limit, calendar, options)];
      expect(fast?.toISOString()).equals(slow?.toISOString());
    }),
    { numRuns: 1500 },
  );
});
