import { expect } from 'chai';
import fc from 'fast-check';
import {
  addWorkingDays,
  type Calendar,
  chineseCalendar,
  createCalendar,
  dayText,
  dueAt,
  dueRange,
  loadCalendar,
  rollForward,
  useZone,
} from '../../server/kernel/calendar.ts';
import { type Database, openDatabase, type Tx } from '../../server/kernel/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { anyDue, type DueSample, zones } from './calendar-samples.ts';

const samples = 1500;

describe('the calendar in PostgreSQL', () => {
  let db: TestDatabase;
  let owner: Database;
  const sql: Tx['sql'] = (text, values) => owner.transaction((tx) => tx.sql(text, values));

  before(async () => {
    db = await testDatabase();
    owner = await openDatabase({ url: db.ownerUrl, poolSize: 1 });
  });
  after(async () => {
    await owner.close();
    await db.drop();
  });

  it('is filled by migrating, and loading it again changes nothing', async () => {
    const [row] = await sql('SELECT count(*) AS days, min(day) AS first, max(day) AS last FROM calendar_day');
    expect(row).deep.equals({ days: 8766, first: '2007-01-01', last: '2030-12-31' });
    expect(await owner.transaction((tx) => loadCalendar(tx.sql))).equals(0);
  });

  it('says how many days a newly published year changed', async () => {
    const years = { 2007: { off: '01-01', work: '' } };
    const other = createCalendar(years, [2007, 2009]);
    const changed = await owner.transaction(async (tx) => [
      await loadCalendar(tx.sql, other),
      await loadCalendar(tx.sql, other),
      (await tx.sql<{ n: number }>('SELECT count(*) AS n FROM calendar_day'))[0]?.n,
      await loadCalendar(tx.sql),
    ]);
    expect(changed).deep.equals([changed[0], 0, 1096, changed[3]]);
    expect(changed[0]).greaterThan(0);
  });

  it('may be read and not changed by the app', async () => {
    await db.database.transaction((tx) => tx.sql('SELECT FROM calendar_day, calendar_span LIMIT 1'));
    for (const text of ['DELETE FROM calendar_day', 'UPDATE calendar_span SET longest_run = 0']) {
      const refused = await db.database.transaction((tx) => tx.sql(text)).catch((error) => error);
      expect(refused.code).equals('42501');
    }
  });

  it('inlines local_day and end_of into a scan, in any zone', async () => {
    for (const zone of ['Europe/Rome', 'Asia/Shanghai']) {
      const plan = await owner.transaction(async (tx) => {
        await useZone(tx.sql, zone);
        await tx.sql('CREATE TEMP TABLE opened (t timestamptz) ON COMMIT DROP');
        return tx.sql(
          'EXPLAIN (VERBOSE, COSTS off) SELECT end_of(local_day(t) + 3), add_months(local_day(t), 2), roll_forward(local_day(t)) FROM opened',
        );
      });
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).match(/AT TIME ZONE|timezone/);
      expect(text).not.match(/local_day|end_of|add_months/);
      // which would stand there by its name, as one that reads a table does
      expect(text).includes('roll_forward');
    }
  });

  it('refuses a limit below one, a unit that is none and a zone that is none', async () => {
    const code = async (text: string) => (await sql(text).catch((error) => error)).code;
    for (const n of [0, -1]) {
      for (const unit of ['m', 'h', 'd', 'wd', 'mo'])
        expect(await code(`SELECT due_at(now(), ${n}, '${unit}')`)).equals('22023');
      expect(await code(`SELECT add_working_days('2026-01-05', ${n})`)).equals('22023');
    }
    expect(await code(`SELECT due_at(now(), 1, 'y')`)).equals('22023');
    expect(await useZone(sql, 'Asia/Lanchuan').catch((error) => error)).instanceOf(RangeError);
  });

  it('is due at no time when the opening, the number or the unit is missing', async () => {
    for (const given of ['NULL, 3', 'now(), NULL']) {
      for (const unit of ["'m'", "'h'", "'d'", "'wd'", "'mo'", 'NULL']) {
        const [row] = await sql(`SELECT due_at(${given}, ${unit}) AS due, due_latest(${given}, ${unit}) AS latest`);
        expect(row, `${given}, ${unit}`).deep.equals({ due: null, latest: null });
      }
    }
    const [row] = await sql('SELECT due_at(now(), 3, NULL) AS due, due_latest(now(), 3, NULL) AS latest');
    expect(row).deep.equals({ due: null, latest: null });
  });

  it('counts and rolls working days as TypeScript does, in the table and beyond it', async () => {
    const rows = await sql<{ day: string; rolled: string; added: string; batch: string | null }>(
      `SELECT d::date AS day, roll_forward(d::date) AS rolled, add_working_days(d::date, n) AS added,
        -- the shape for a scan of many rows: arrays, built once
        (SELECT array_agg(next_working ORDER BY day) FROM calendar_day)[d::date - date '2007-01-01' + 1] AS batch
       FROM generate_series(date '2005-01-01', '2032-12-31', interval '1 day') WITH ORDINALITY AS g (d, i),
         LATERAL (SELECT (i % 45 + 1)::int AS n) x`,
    );
    rows.forEach(({ day, rolled, added, batch }, i) => {
      const number = Date.parse(day) / 86_400_000;
      expect(rolled, day).equals(dayText(rollForward(number, chineseCalendar)));
      expect(added, day).equals(dayText(addWorkingDays(number, ((i + 1) % 45) + 1, chineseCalendar)));
      if (batch) expect(batch, day).equals(rolled);
    });
    expect(rows.filter(({ batch }) => batch).length).equals(8766);
  });

  for (const zone of zones) {
    it(`is due when TypeScript says so, with any limit and pauses, in ${zone}`, async () => {
      await owner.transaction((tx) => useZone(tx.sql, zone));
      const drawn = fc.sample(anyDue, { numRuns: samples, seed: 20261123 });
      const given = drawn.map((sample) => ({ ...sample, options: { ...sample.options, zone } }));
      const found = await dues(given);
      given.forEach((sample, i) => {
        const { opened, limit, options } = sample;
        const expected = { due: dueAt(opened, limit, chineseCalendar, options), ...rangeOf(sample, chineseCalendar) };
        expect(found[i], JSON.stringify(sample)).deep.equals(expected);
      });
      // the draw must hold what it is meant to hold
      expect(found.filter(({ due }) => due === null).length).within(samples / 100, samples / 2);
      expect(found.filter(({ due, latest }) => due && latest! > due).length).greaterThan(samples / 20);
      expect(found.filter(({ due }, i) => !sameDue(due, given[i]!)).length).greaterThan(samples / 20);
    });
  }

  /** Not in every case the due time that it would be without pauses. */
  function sameDue(due: Date | null, { opened, limit, options }: DueSample): boolean {
    return due?.getTime() === dueAt(opened, limit, chineseCalendar, { ...options, pauses: [] })?.getTime();
  }

  function rangeOf({ opened, limit, options }: DueSample, calendar: Calendar): { latest: Date | null } {
    return { latest: dueRange(opened, limit, calendar, options).latest };
  }

  async function dues(given: DueSample[]): Promise<{ due: Date | null; latest: Date | null }[]> {
    const pauses = given.flatMap(({ options }, i) => options.pauses.map((pause) => ({ i, ...pause })));
    const rows = await sql<{ due: Date | number; latest: Date | number }>(
      `WITH opened AS (
         SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::int[], $4::text[], $5::boolean[])
           AS o (i, opened, n, unit, rolls)
       ), stopped AS (
         SELECT i, range_agg(pause(from_at, to_at)) AS pauses
         FROM unnest($6::int[], $7::timestamptz[], $8::timestamptz[]) AS p (i, from_at, to_at) GROUP BY i
       )
       SELECT due_paused(opened, n, unit, pauses, rolls) AS due, due_latest(opened, n, unit, pauses, rolls) AS latest
       FROM opened LEFT JOIN stopped USING (i) ORDER BY i`,
      [
        given.map((_, i) => i),
        given.map(({ opened }) => opened),
        given.map(({ limit }) => limit.n),
        given.map(({ limit }) => limit.unit),
        given.map(({ options }) => options.rolls),
        pauses.map(({ i }) => i),
        pauses.map(({ from }) => from),
        pauses.map(({ to }) => to),
      ],
    );
    const finite = (at: Date | number) => (at instanceof Date ? at : null);
    return rows.map(({ due, latest }) => ({ due: finite(due), latest: finite(latest) }));
  }
});
