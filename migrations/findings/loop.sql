-- One event, one finding: a rule raises each occurrence once, for good.
CREATE UNIQUE INDEX finding_hit ON finding (rule_id, subject_id, occurrence) WHERE rule_id IS NOT NULL;
CREATE INDEX finding_subject ON finding (subject_id);
CREATE INDEX finding_queue ON finding (state, unit_id, raised_at) WHERE state NOT IN ('closed', 'dismissed', 'false_alarm', 'merged');
CREATE INDEX finding_watch ON finding (rule_id, unit_id) WHERE watch_until IS NOT NULL;

-- Running numbers: 'WT-990102-202611' → 42.
CREATE TABLE number_series (
  series text PRIMARY KEY,
  last   int NOT NULL
);

-- A reminder or order that time proposes; a person issues it.
CREATE TABLE escalation (
  finding_id  uuid NOT NULL REFERENCES finding,
  level       text NOT NULL CHECK (level IN ('urge', 'supervise', 'list')),
  -- the station that is over its limit: each may be urged anew
  station     text NOT NULL,
  due_at      timestamptz(3) NOT NULL,
  proposed_at timestamptz(3) NOT NULL,
  settled_at  timestamptz(3),
  PRIMARY KEY (finding_id, level, station)
);
CREATE INDEX escalation_open ON escalation (level, proposed_at) WHERE settled_at IS NULL;

-- An accepted explanation that holds for a while: what it covers raises nothing until it expires.
CREATE TABLE exception (
  id         uuid PRIMARY KEY,
  finding_id uuid NOT NULL REFERENCES finding,
  rule_id    smallint NOT NULL,
  scope      text NOT NULL CHECK (scope IN ('subject', 'person', 'unit')),
  subject_id uuid,
  person_id  int REFERENCES person,
  unit_id    int REFERENCES unit,
  owner_id   int NOT NULL REFERENCES person,
  reason     text NOT NULL,
  from_at    timestamptz(3) NOT NULL,
  until      timestamptz(3) NOT NULL,
  CHECK (until > from_at),
  CHECK (coalesce(subject_id::text, person_id::text, unit_id::text) IS NOT NULL)
);
CREATE INDEX exception_rule ON exception (rule_id, until);

-- Independence (trust.md G11): whoever has a part in the matter decides nothing about it, whatever the program says.
-- The codes are the deciding verbs of server/findings/finding.ts.
CREATE FUNCTION refuse_concerned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM finding_party WHERE finding_id = NEW.subject_id AND person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'person % has a part in finding %', NEW.person_id, NEW.subject_id USING ERRCODE = 'MJ403';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER step_independence AFTER INSERT ON step DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN (NEW.subject_type = 20 AND NEW.verb IN (3, 12, 15, 16, 22, 30)) EXECUTE FUNCTION refuse_concerned();

-- The same for the name on the verdict.
CREATE FUNCTION refuse_concerned_judge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM finding_party WHERE finding_id = NEW.id AND person_id = NEW.judge_id) THEN
    RAISE EXCEPTION 'person % has a part in finding %', NEW.judge_id, NEW.id USING ERRCODE = 'MJ403';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER finding_independence AFTER INSERT OR UPDATE OF judge_id ON finding DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN (NEW.judge_id IS NOT NULL) EXECUTE FUNCTION refuse_concerned_judge();

-- Who has had a part keeps it.
REVOKE UPDATE, DELETE, TRUNCATE ON finding_party FROM mingjing_app, mingjing_engine;
