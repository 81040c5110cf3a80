-- The state's calendar, filled by loadCalendar (server/kernel/calendar-table.ts); these functions are the twin of
-- server/kernel/calendar.ts, and a property test demands that both give the same.
-- `next_working` is the first working day that is not earlier than `day`; `ordinal` counts the working days from the
-- first day of the table up to and including `day`. A year that is not published holds its weekends alone.
CREATE TABLE calendar_day (
  day          date PRIMARY KEY,
  working      boolean NOT NULL,
  published    boolean NOT NULL,
  next_working date NOT NULL,
  ordinal      int NOT NULL
);
CREATE INDEX calendar_working ON calendar_day (ordinal) INCLUDE (day) WHERE working;

-- Where the table ends, how far it is published, and the longest published run of days without work.
CREATE TABLE calendar_span (
  id              boolean PRIMARY KEY DEFAULT true CHECK (id),
  first_day       date NOT NULL,
  last_day        date NOT NULL,
  last_ordinal    int NOT NULL,
  published_from  date NOT NULL,
  published_until date NOT NULL,
  longest_run     int NOT NULL
);

REVOKE INSERT, UPDATE, DELETE ON calendar_day, calendar_span FROM mingjing_app, mingjing_engine;

-- Immutable so that they are inlined into a scan of a million rows: hence the fixed eight hours of Asia/Shanghai and
-- the subtraction before the zone (timestamptz - interval would only be stable). useZone puts another zone in.
CREATE FUNCTION local_day(t timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (t AT TIME ZONE interval '8 hours')::date $$;

-- The last instant of a day: limits in days include it.
CREATE FUNCTION end_of(d date) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ((d + 1)::timestamp - interval '1 millisecond') AT TIME ZONE interval '8 hours' $$;

-- The same day n months on, or the month's last day where there is no such day.
CREATE FUNCTION add_months(d date, n int) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (d + n * interval '1 month')::date $$;

-- Mondays to Fridays from Monday, 0001-01-01, up to and including d, and back: for what lies outside of the table.
CREATE FUNCTION weekdays_through(d date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (d - date '0001-01-01') / 7 * 5 + least((d - date '0001-01-01') % 7 + 1, 5) $$;
CREATE FUNCTION nth_weekday(n int) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT date '0001-01-01' + (n - 1) / 5 * 7 + (n - 1) % 5 $$;

CREATE FUNCTION working_ordinal(d date) RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(
    (SELECT ordinal FROM calendar_day WHERE day = d),
    (SELECT CASE WHEN d > last_day THEN last_ordinal + weekdays_through(d) - weekdays_through(last_day)
                 ELSE weekdays_through(d) - weekdays_through(first_day - 1) END FROM calendar_span)) $$;

CREATE FUNCTION nth_working_day(n int) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(
    (SELECT day FROM calendar_day WHERE ordinal = n AND working),
    (SELECT CASE WHEN n > last_ordinal THEN nth_weekday(n - last_ordinal + weekdays_through(last_day))
                 ELSE nth_weekday(n + weekdays_through(first_day - 1)) END FROM calendar_span)) $$;

-- A last day that is a holiday moves to the next working day.
CREATE FUNCTION roll_forward(d date) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(
    (SELECT next_working FROM calendar_day WHERE day = d),
    CASE WHEN extract(isodow FROM d) < 6 THEN d ELSE nth_working_day(working_ordinal(d) + 1) END) $$;

-- A limit of nothing is a mistake of the parameter table, never "due at once".
CREATE FUNCTION limit_checked(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF n < 1 THEN
    RAISE EXCEPTION 'a limit is at least 1: %', n USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN n;
END $$;

-- The n-th working day after d; d itself is not counted.
CREATE FUNCTION add_working_days(d date, n int) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nth_working_day(working_ordinal(d) + limit_checked(n)) $$;

-- An interval that stops the clock, for range_agg: none without a start, none when empty or reversed, open without an end.
CREATE FUNCTION pause(from_at timestamptz, to_at timestamptz) RETURNS tstzrange LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN from_at IS NULL OR to_at <= from_at THEN NULL ELSE tstzrange(from_at, to_at) END $$;

-- The last instant in time for a limit of n units (m, h, d, wd, mo); infinity while a pause is open. The pauses are
-- merged (range_agg of pause()); each that begins by the due time moves it by its length after the opening: elapsed
-- time, dates, or the working days in it. Then a last day that is not worked rolls forward.
CREATE FUNCTION due_paused(opened timestamptz, n int, unit text, pauses tstzmultirange, rolls boolean DEFAULT true)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  elapsed boolean := unit IN ('m', 'h');
  due     timestamptz;
  last    date;
  stop    tstzrange;
BEGIN
  IF opened IS NULL OR n IS NULL OR unit IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM limit_checked(n);
  CASE unit
    WHEN 'm'  THEN due := opened + n * interval '1 minute';
    WHEN 'h'  THEN due := opened + n * interval '1 hour';
    WHEN 'd'  THEN last := local_day(opened) + n;
    WHEN 'mo' THEN last := add_months(local_day(opened), n);
    WHEN 'wd' THEN last := add_working_days(local_day(opened), n);
    ELSE RAISE EXCEPTION 'not a unit of limits: %', unit USING ERRCODE = 'invalid_parameter_value';
  END CASE;

  FOR stop IN SELECT r FROM unnest(pauses) r ORDER BY r LOOP
    CONTINUE WHEN upper(stop) <= opened;
    EXIT WHEN lower(stop) > CASE WHEN elapsed THEN due ELSE end_of(last) END;
    IF upper_inf(stop) THEN
      RETURN 'infinity';
    END IF;
    stop := tstzrange(greatest(lower(stop), opened), upper(stop));
    IF elapsed THEN
      -- by seconds: an interval of days would follow the clock changes of the session's zone
      due := due + extract(epoch FROM upper(stop) - lower(stop)) * interval '1 second';
    ELSIF unit = 'wd' THEN
      last := nth_working_day(working_ordinal(last) + working_ordinal(local_day(upper(stop)))
                              - working_ordinal(local_day(lower(stop))));
    ELSE
      last := last + (local_day(upper(stop)) - local_day(lower(stop)));
    END IF;
  END LOOP;

  IF elapsed THEN
    RETURN due;
  END IF;
  RETURN end_of(CASE WHEN rolls THEN roll_forward(last) ELSE last END);
END $$;

CREATE FUNCTION due_at(opened timestamptz, n int, unit text, rolls boolean DEFAULT true)
RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT due_paused(opened, n, unit, NULL, rolls) $$;

-- How far the due time may move when the years that it lies in are published: as if the longest published holiday run
-- fell into the term. Equal to the due time where all is published; what is met in between is unknown.
CREATE FUNCTION due_latest(
  opened timestamptz, n int, unit text, pauses tstzmultirange DEFAULT NULL, rolls boolean DEFAULT true
) RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  span calendar_span;
  due  timestamptz := due_paused(opened, n, unit, pauses, rolls);
  last date;
BEGIN
  IF unit IN ('m', 'h') OR due IS NULL OR due = 'infinity' THEN
    RETURN due;
  END IF;
  SELECT * INTO span FROM calendar_span;
  IF unit = 'wd' THEN
    IF local_day(opened) + 1 >= span.published_from AND local_day(due) <= span.published_until THEN
      RETURN due;
    END IF;
    RETURN due_paused(opened, n + span.longest_run / 7 * 5 + least(span.longest_run % 7, 5), unit, pauses, rolls);
  END IF;
  last := local_day(due_paused(opened, n, unit, pauses, false));
  IF NOT rolls OR (last >= span.published_from AND local_day(due) <= span.published_until) THEN
    RETURN due;
  END IF;
  RETURN end_of(roll_forward(last + span.longest_run));
END $$;
