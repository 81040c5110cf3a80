-- Rows that jobs work through: the row is the outbox, the queue only wakes somebody (attempts, last_error on it).

CREATE TABLE attachment (
  id           uuid PRIMARY KEY,
  subject_type text,
  subject_id   uuid,
  step_id      uuid,
  name         text NOT NULL,
  type         text NOT NULL,
  size         int NOT NULL,
  sha256       bytea NOT NULL,
  bytes        bytea NOT NULL,
  person_id    int REFERENCES person,
  at           timestamptz(3) NOT NULL
);
CREATE INDEX attachment_subject ON attachment (subject_id);

CREATE TABLE notice (
  id         uuid PRIMARY KEY,
  person_id  int NOT NULL REFERENCES person,
  text       jsonb NOT NULL,
  link       text,
  at         timestamptz(3) NOT NULL,
  read_at    timestamptz(3),
  -- one notice per cause, however often a sweep finds it
  cause      text UNIQUE,
  told_at    timestamptz(3),
  attempts   int NOT NULL DEFAULT 0,
  last_error text
);
CREATE INDEX notice_person ON notice (person_id, at DESC);
CREATE INDEX notice_untold ON notice (at) WHERE told_at IS NULL;

CREATE SEQUENCE report_number;
CREATE TABLE report (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL,
  number       text UNIQUE,
  subject_type text,
  subject_id   uuid,
  params       jsonb NOT NULL DEFAULT '{}',
  as_of        timestamptz(3) NOT NULL,
  state        text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'rendering', 'done', 'failed')),
  progress     real NOT NULL DEFAULT 0,
  attempts     int NOT NULL DEFAULT 0,
  last_error   text,
  -- an issued paper is rendered once and its bytes kept
  issued       boolean NOT NULL DEFAULT false,
  bytes        bytea,
  sha256       bytea,
  ledger_seq   bigint,
  ledger_root  bytea,
  person_id    int REFERENCES person,
  person_name  text NOT NULL,
  unit_id      int,
  unit_name    text NOT NULL,
  created_at   timestamptz(3) NOT NULL,
  done_at      timestamptz(3)
);
CREATE INDEX report_subject ON report (subject_id);
CREATE INDEX report_waiting ON report (created_at) WHERE state IN ('queued', 'rendering');
CREATE INDEX report_person ON report (person_id, created_at DESC);

CREATE TABLE import_run (
  id          uuid PRIMARY KEY,
  mapping     text NOT NULL,
  file        text NOT NULL,
  sha256      bytea,
  state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- bytes or lines that are safely in: where to resume
  position    bigint NOT NULL DEFAULT 0,
  rows_read   int NOT NULL DEFAULT 0,
  rows_in     int NOT NULL DEFAULT 0,
  rows_wrong  int NOT NULL DEFAULT 0,
  progress    real NOT NULL DEFAULT 0,
  attempts    int NOT NULL DEFAULT 0,
  last_error  text,
  report      jsonb,
  person_id   int REFERENCES person,
  created_at  timestamptz(3) NOT NULL,
  done_at     timestamptz(3)
);
