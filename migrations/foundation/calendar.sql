-- The state's calendar. `next_working` is the first working day that is not earlier than `day`.
-- A year that is not published holds its weekends alone, `published` false.
CREATE TABLE calendar_day (
  day          date PRIMARY KEY,
  working      boolean NOT NULL,
  published    boolean NOT NULL,
  next_working date NOT NULL
);
CREATE INDEX calendar_working ON calendar_day (day) WHERE working;

-- Immutable so that they are inlined into a scan of a million rows: hence the fixed eight hours of Asia/Shanghai and
-- the subtraction before the zone (timestamptz - interval would only be stable).
CREATE FUNCTION local_day(t timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (t AT TIME ZONE interval '8 hours')::date $$;

-- The last instant of a day: limits in days include it.
CREATE FUNCTION end_of(d date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ((d + 1)::timestamp - interval '1 millisecond') AT TIME ZONE interval '8 hours' $$;

-- The n-th working day after d; d itself is not counted.
CREATE FUNCTION add_working_days(d date, n int) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT day FROM calendar_day WHERE day > d AND working AND n >= 1 ORDER BY day OFFSET greatest(n, 1) - 1 LIMIT 1 $$;

-- A last day that is a holiday moves to the next working day.
CREATE FUNCTION roll_forward(d date) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce((SELECT next_working FROM calendar_day WHERE day = d), d) $$;
