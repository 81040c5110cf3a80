-- What happened, append-only. Names are kept as they were; no foreign keys, since a fact is recorded as it was told.
CREATE TABLE step (
  id           uuid PRIMARY KEY,
  subject_type smallint NOT NULL,
  subject_id   uuid NOT NULL,
  seq          int NOT NULL,
  verb         smallint NOT NULL,
  part_id      uuid,
  occurred_at  timestamptz(3) NOT NULL,
  recorded_at  timestamptz(3) NOT NULL,
  facts        jsonb NOT NULL,
  person_id    int,
  person_name  text NOT NULL,
  role_name    text NOT NULL,
  unit_id      int,
  unit_name    text NOT NULL,
  -- a correction is a new step that names the one it replaces and why
  replaces     uuid,
  reason       text,
  note         text,
  source       jsonb,
  source_key   text UNIQUE,
  -- of the commitment to sensitive facts that the ledger holds
  salt         text,
  UNIQUE (subject_type, subject_id, seq),
  CHECK (replaces IS NULL OR reason IS NOT NULL)
);
CREATE INDEX step_subject ON step (subject_id, seq);
CREATE INDEX step_person ON step (person_id, recorded_at) WHERE person_id IS NOT NULL;

-- Relations by condition (same wearer, overlapping time), kept up when either side changes.
CREATE TABLE link (
  relation smallint NOT NULL,
  own_id   uuid NOT NULL,
  their_id uuid NOT NULL,
  PRIMARY KEY (relation, own_id, their_id)
);
CREATE INDEX link_reverse ON link (their_id, relation);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON step
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON step FROM mingjing_app, mingjing_engine;
