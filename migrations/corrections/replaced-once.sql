-- Two corrections of one step could be recorded side by side. What stands stays (steps are never changed); from here on
-- the second is refused by the database too.
DO $$
DECLARE
  known timestamptz;
BEGIN
  SELECT max(s.recorded_at) INTO known FROM step s
   WHERE s.replaces IN (SELECT replaces FROM step WHERE replaces IS NOT NULL GROUP BY replaces HAVING count(*) > 1);
  EXECUTE 'CREATE UNIQUE INDEX step_replaced_once ON step (replaces) WHERE replaces IS NOT NULL'
    || CASE WHEN known IS NULL THEN '' ELSE format(' AND recorded_at > %L', known) END;
END $$;
