import fc from 'fast-check';
import type { DueOptions, Limit } from '../../server/kernel/calendar.ts';

export const zones = ['Asia/Shanghai', 'Europe/Rome', 'America/New_York', 'America/Santiago'] as const;

const hour = 3_600_000;
/** From before the table to after it, half of them where the published years end. */
const opened = fc.oneof(
  fc.integer({ min: Date.parse('2006-06-01'), max: Date.parse('2031-06-01') }),
  fc.integer({ min: Date.parse('2026-09-01'), max: Date.parse('2027-03-01') }),
);
const limit: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ n: fc.integer({ min: 1, max: 600 }), unit: fc.constantFrom('m' as const) }),
  fc.record({ n: fc.integer({ min: 1, max: 100 }), unit: fc.constantFrom('h' as const) }),
  fc.record({ n: fc.integer({ min: 1, max: 90 }), unit: fc.constantFrom('d' as const) }),
  fc.record({ n: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom('wd' as const) }),
  fc.record({ n: fc.integer({ min: 1, max: 14 }), unit: fc.constantFrom('mo' as const) }),
);
/** Start after (or before) the opening and length; lengths below 1 make it empty or reversed, null leaves it open. */
const pause = fc.record({
  start: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -3 * 24 * hour, max: 40 * 24 * hour }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  length: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -hour, max: 4 * hour }) },
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 20 * 24 * hour }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
});

export interface DueSample {
  opened: Date;
  limit: Limit;
  options: Required<DueOptions>;
}

/** Any limit from any instant with any pauses, in one of the zones. */
export const anyDue: fc.Arbitrary<DueSample> = fc
  .record({
    opened,
    limit,
    zone: fc.constantFrom(...zones),
    rolls: fc.boolean(),
    pauses: fc.array(pause, { maxLength: 4 }),
  })
  .map(({ opened, limit, zone, rolls, pauses }) => ({
    opened: new Date(opened),
    limit,
    options: {
      zone,
      rolls,
      pauses: pauses.map(({ start, length }) => ({
        from: start === null ? null : new Date(opened + start),
        to: length === null ? null : new Date(opened + (start ?? 0) + length),
      })),
    },
  }));
