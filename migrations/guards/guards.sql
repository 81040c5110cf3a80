-- An exception may be granted beforehand, without a finding; it ends early by a person who says why.
ALTER TABLE exception ALTER COLUMN finding_id DROP NOT NULL;
ALTER TABLE exception ADD COLUMN granted_by int REFERENCES person;
ALTER TABLE exception ADD COLUMN ended_at timestamptz(3);
ALTER TABLE exception ADD COLUMN ended_by int REFERENCES person;
ALTER TABLE exception ADD COLUMN end_reason text;
CREATE INDEX exception_until ON exception (until) WHERE ended_at IS NULL;

-- 应急(重大安保)模式: what falls due in it by these rules in these units is excused, under the number of the order.
CREATE TABLE emergency (
  id           uuid PRIMARY KEY,
  order_number text NOT NULL UNIQUE,
  reason       text NOT NULL,
  -- ids of units, with what lies below them
  units        int[] NOT NULL CHECK (cardinality(units) > 0),
  -- codes of rules (ALM-03) or of whole chapters (ALM)
  rules        text[] NOT NULL CHECK (cardinality(rules) > 0),
  from_at      timestamptz(3) NOT NULL,
  until        timestamptz(3) NOT NULL,
  declared_by  int NOT NULL REFERENCES person,
  declared_at  timestamptz(3) NOT NULL,
  ended_at     timestamptz(3),
  ended_by     int REFERENCES person,
  CHECK (until > from_at)
);
CREATE INDEX emergency_time ON emergency (from_at, until);

-- Reminders of levels two and three before a duty falls due: how long before, and whom. The nearest unit's row counts;
-- '*' is for the serious duties of rules that have no row of their own.
CREATE TABLE reminder (
  id        int PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  rule_code text NOT NULL,
  unit_id   int REFERENCES unit,
  level     smallint NOT NULL CHECK (level IN (2, 3)),
  -- minutes before the due time; 0 switches the level off
  lead      int NOT NULL CHECK (lead >= 0),
  roles     text[] NOT NULL,
  UNIQUE NULLS NOT DISTINCT (rule_code, unit_id, level)
);
INSERT INTO reminder (rule_code, unit_id, level, lead, roles) VALUES
  ('*', NULL, 2, 240, '{unit-legal-officer}'), ('*', NULL, 3, 60, '{unit-head}');
-- What a duty was already told at a level: told once, whatever the number of sweeps.
CREATE TABLE reminded (
  rule_id    smallint NOT NULL,
  subject_id uuid NOT NULL,
  occurrence uuid NOT NULL,
  level      smallint NOT NULL,
  due_at     timestamptz(3) NOT NULL,
  at         timestamptz(3) NOT NULL,
  PRIMARY KEY (rule_id, subject_id, occurrence, level, due_at)
);

-- 周清单: flaws over the daily cap of a rule and unit, instead of findings of their own.
CREATE TABLE weekly_hit (
  rule_id      smallint NOT NULL,
  subject_type text NOT NULL,
  subject_id   uuid NOT NULL,
  occurrence   uuid NOT NULL,
  unit_id      int NOT NULL,
  person_id    int,
  sentence     jsonb NOT NULL,
  hit          jsonb NOT NULL,
  at           timestamptz(3) NOT NULL,
  -- taken up as a finding by a person
  finding_id   uuid,
  PRIMARY KEY (rule_id, subject_id, occurrence)
);
CREATE INDEX weekly_hit_unit ON weekly_hit (unit_id, at DESC);
