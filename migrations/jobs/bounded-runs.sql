-- A run that is about some rules, or about what an outage can have touched, judges that alone.
ALTER TABLE judge_run
  -- ids of rules that look; null: all
  ADD COLUMN rules smallint[],
  -- subjects that have a duty of these rules that is not met in time, and not over before `since`, in `unit_id` or below
  ADD COLUMN since timestamptz(3),
  ADD COLUMN unit_id int;
