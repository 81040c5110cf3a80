CREATE TABLE rule (
  id   smallint PRIMARY KEY,
  code text NOT NULL UNIQUE
);

CREATE TABLE rule_version (
  id      smallint PRIMARY KEY,
  rule_id smallint NOT NULL REFERENCES rule,
  version int NOT NULL,
  from_at timestamptz(3),
  to_at   timestamptz(3),
  state   text NOT NULL CHECK (state IN ('draft', 'trial', 'enacted', 'repealed')),
  text    text NOT NULL,
  sql     text NOT NULL,
  -- 起算日: history before it is back-test only
  go_live date,
  UNIQUE (rule_id, version)
);

-- 起算日 of single units, where it differs from the version's: duties opened before it are judged as on trial.
CREATE TABLE go_live (
  rule_id smallint NOT NULL REFERENCES rule,
  unit_id int NOT NULL REFERENCES unit,
  from_on date NOT NULL,
  PRIMARY KEY (rule_id, unit_id)
);

-- Dated parameters: read by unit and opening instant, never inlined.
CREATE TABLE rule_param (
  rule_code text NOT NULL,
  name      text NOT NULL,
  key       text NOT NULL DEFAULT '',
  unit_id   int REFERENCES unit,
  from_on   date NOT NULL DEFAULT '-infinity',
  to_on     date,
  amount    numeric NOT NULL,
  unit      text NOT NULL DEFAULT '',
  UNIQUE NULLS NOT DISTINCT (rule_code, name, key, unit_id, from_on)
);

CREATE TABLE feed (
  code text PRIMARY KEY,
  name text NOT NULL
);

-- When an outside feed delivered; to_at null: it still does; unit null: for everybody.
CREATE TABLE feed_interval (
  id      bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  feed    text NOT NULL,
  unit_id int,
  from_at timestamptz(3) NOT NULL,
  to_at   timestamptz(3),
  CHECK (to_at > from_at)
);
CREATE INDEX feed_interval_feed ON feed_interval (feed, unit_id, from_at);

-- One narrow row per duty, met ones included. verdict: 1 pending 2 met 3 late 4 overdue 5 excused 6 unknown.
CREATE TABLE obligation (
  rule_id      smallint NOT NULL,
  version_id   smallint NOT NULL,
  subject_type smallint NOT NULL,
  subject_id   uuid NOT NULL,
  occurrence   uuid NOT NULL,
  unit_id      int,
  person_id    int,
  opened_at    timestamptz(3) NOT NULL,
  due_at       timestamptz(3),
  met_at       timestamptz(3),
  warn_at      timestamptz(3),
  -- when time alone may change it: the sweep asks for next_at <= now
  next_at      timestamptz(3),
  verdict      smallint NOT NULL,
  severity     smallint NOT NULL,
  trial        boolean NOT NULL DEFAULT false,
  judged_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (rule_id, subject_id, occurrence)
);
CREATE INDEX obligation_subject ON obligation (subject_id);
CREATE INDEX obligation_next ON obligation (next_at) WHERE next_at IS NOT NULL;
-- what no cell counts: pending, overdue, unknown
CREATE INDEX obligation_open ON obligation (unit_id, due_at) WHERE verdict IN (1, 4, 6);
CREATE INDEX obligation_person ON obligation (person_id, due_at) WHERE verdict IN (1, 4);

-- Settled verdicts counted by the unit that owes, the version and the month of due_at.
CREATE TABLE cell (
  unit_id    int NOT NULL,
  version_id smallint NOT NULL,
  month      date NOT NULL,
  met        int NOT NULL DEFAULT 0,
  late       int NOT NULL DEFAULT 0,
  excused    int NOT NULL DEFAULT 0,
  PRIMARY KEY (unit_id, version_id, month)
);

-- Verdict "excused" by a decision or an approved exception.
CREATE TABLE excuse (
  rule_id    smallint NOT NULL,
  subject_id uuid NOT NULL,
  occurrence uuid NOT NULL,
  finding_id uuid,
  reason     text NOT NULL,
  until      timestamptz(3),
  PRIMARY KEY (rule_id, subject_id, occurrence)
);

-- Judging everything again: which subject type, how far, and whether somebody wants it to stop.
CREATE TABLE judge_run (
  id         uuid PRIMARY KEY,
  reason     text NOT NULL,
  state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- subject types still to be judged, the first of them up to last_id
  types      text[] NOT NULL,
  last_id    uuid,
  judged     bigint NOT NULL DEFAULT 0,
  total      bigint NOT NULL DEFAULT 0,
  attempts   int NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz(3) NOT NULL,
  done_at    timestamptz(3)
);

-- Verdicts are the engine's: the app reads them, and enters the engine to judge.
REVOKE INSERT, UPDATE, DELETE ON obligation, cell FROM mingjing_app;
