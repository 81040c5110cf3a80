-- 历史回测: what a rule would have said of a period. Its own tables: live duties are never touched.
CREATE TABLE backtest (
  id          uuid PRIMARY KEY,
  code        text NOT NULL,
  -- null: a text that is no stored version
  version     int,
  title       jsonb NOT NULL,
  subject     text NOT NULL,
  text        text NOT NULL,
  -- local dates of the opening, both included
  from_on     date NOT NULL,
  to_on       date NOT NULL,
  -- these and what lies below them; null: all
  unit_ids    int[],
  -- the instant as of which everything is judged
  as_of       timestamptz(3) NOT NULL,
  -- of the sample: the rule's text and the period
  seed        text NOT NULL,
  -- versions it is compared with
  against     smallint[] NOT NULL DEFAULT '{}',
  state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  last_id     uuid,
  judged      bigint NOT NULL DEFAULT 0,
  total       bigint NOT NULL DEFAULT 0,
  sample      jsonb,
  attempts    int NOT NULL DEFAULT 0,
  last_error  text,
  claimed_at  timestamptz(3),
  person_id   int REFERENCES person,
  person_name text NOT NULL,
  created_at  timestamptz(3) NOT NULL,
  done_at     timestamptz(3),
  CHECK (from_on <= to_on)
);
CREATE INDEX backtest_created ON backtest (created_at DESC);
CREATE INDEX backtest_waiting ON backtest (created_at) WHERE state IN ('queued', 'running');

-- The parameters that the tried text is judged by, as they stood when the run began.
CREATE TABLE backtest_param (
  run_id    uuid NOT NULL REFERENCES backtest ON DELETE CASCADE,
  rule_code text NOT NULL,
  name      text NOT NULL,
  key       text NOT NULL,
  unit_id   int,
  from_on   date NOT NULL,
  to_on     date,
  amount    numeric NOT NULL,
  unit      text NOT NULL
);
CREATE INDEX backtest_param_run ON backtest_param (run_id);

-- side 1: the text that is tried, side 2: what is in force. month: of the opening.
CREATE TABLE backtest_cell (
  run_id  uuid NOT NULL REFERENCES backtest ON DELETE CASCADE,
  side    smallint NOT NULL CHECK (side IN (1, 2)),
  unit_id int NOT NULL,
  month   date NOT NULL,
  pending int NOT NULL,
  met     int NOT NULL,
  late    int NOT NULL,
  overdue int NOT NULL,
  excused int NOT NULL,
  unknown int NOT NULL,
  PRIMARY KEY (run_id, side, unit_id, month)
);

CREATE TABLE backtest_broken (
  run_id     uuid NOT NULL REFERENCES backtest ON DELETE CASCADE,
  side       smallint NOT NULL CHECK (side IN (1, 2)),
  subject_id uuid NOT NULL,
  occurrence uuid NOT NULL,
  unit_id    int,
  person_id  int,
  opened_at  timestamptz(3) NOT NULL,
  due_at     timestamptz(3),
  met_at     timestamptz(3),
  verdict    smallint NOT NULL,
  severity   smallint NOT NULL,
  PRIMARY KEY (run_id, side, subject_id, occurrence)
);

CREATE TRIGGER backtest_waits AFTER INSERT OR UPDATE OF state ON backtest
  FOR EACH ROW WHEN (new.state = 'queued') EXECUTE FUNCTION wake_job('backtest');
