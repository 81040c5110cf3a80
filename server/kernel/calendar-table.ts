import { type Calendar, chineseCalendar, dayText, rollForward } from './calendar-days.ts';
import { bureauZone } from './calendar-zone.ts';
import type { Tx } from './database.ts';

/**
 * Makes the tables of migrations/foundation/calendar.sql say what `calendar` says, as the owner; run after migrating.
 * Returns how many days differed: more than 0 on a database in use means that duties are to be judged again.
 */
export async function loadCalendar(sql: Tx['sql'], calendar: Calendar = chineseCalendar): Promise<number> {
  const days = Array.from({ length: calendar.last - calendar.first + 1 }, (_, i) => calendar.first + i);
  const columns = [
    days.map(dayText),
    days.map(calendar.working),
    days.map(calendar.published),
    days.map((day) => dayText(rollForward(day, calendar))),
    days.map(calendar.ordinal),
  ];
  const [first, last] = [dayText(calendar.first), dayText(calendar.last)];
  await sql('DELETE FROM calendar_day WHERE day < $1 OR day > $2', [first, last]);
  // only what differs is written: this runs at every start
  const differing = await sql(
    `INSERT INTO calendar_day AS c (day, working, published, next_working, ordinal)
     SELECT g.* FROM unnest($1::date[], $2::boolean[], $3::boolean[], $4::date[], $5::int[])
       AS g (day, working, published, next_working, ordinal)
     WHERE NOT EXISTS (SELECT FROM calendar_day c WHERE c = ROW(g.*)::calendar_day)
     ON CONFLICT (day) DO UPDATE SET (working, published, next_working, ordinal) =
       ROW (excluded.working, excluded.published, excluded.next_working, excluded.ordinal)
     RETURNING 1`,
    columns,
  );
  await sql(
    `INSERT INTO calendar_span (first_day, last_day, last_ordinal, published_from, published_until, longest_run)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET (first_day, last_day, last_ordinal, published_from, published_until, longest_run) =
       ROW (excluded.first_day, excluded.last_day, excluded.last_ordinal, excluded.published_from,
            excluded.published_until, excluded.longest_run)`,
    [
      first,
      last,
      calendar.ordinal(calendar.last),
      dayText(calendar.publishedFrom),
      dayText(calendar.publishedUntil),
      calendar.longestRun,
    ],
  );
  return differing.length;
}

/**
 * Puts the bureau's zone into `local_day` and `end_of`, as the owner. The zone is a constant in their text, so that
 * they stay immutable and are inlined; a database has one. Throws RangeError for a zone that PostgreSQL does not know.
 */
export async function useZone(sql: Tx['sql'], zone: string): Promise<void> {
  const [known] = await sql<{ literal: string }>(
    'SELECT quote_literal(name) AS literal FROM pg_timezone_names WHERE name = $1',
    [zone],
  );
  if (!known) throw new RangeError(`unknown time zone: ${zone}`);
  // as in calendar-zone.ts: a fixed offset for China, which is also the cheapest
  const literal = zone === bureauZone ? "interval '8 hours'" : known.literal;
  await sql(`CREATE OR REPLACE FUNCTION local_day(t timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT (t AT TIME ZONE ${literal})::date $$`);
  await sql(`CREATE OR REPLACE FUNCTION end_of(d date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT ((d + 1)::timestamp - interval '1 millisecond') AT TIME ZONE ${literal} $$`);
}
