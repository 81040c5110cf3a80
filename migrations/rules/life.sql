-- Versions made in the back office stand beside those of the shipped files; the two kinds of numbers never meet.
ALTER TABLE rule_version
  ADD COLUMN source text NOT NULL DEFAULT 'file' CHECK (source IN ('file', 'office')),
  -- of a draft's text: a change names the one it was made from
  ADD COLUMN revision int NOT NULL DEFAULT 1,
  -- the first day on which a later version has taken over; what the text says of its end stays as it was written
  ADD COLUMN ends_on date,
  -- while it is tried beside the version in force: whose duties these are
  ADD COLUMN tried_as smallint REFERENCES rule,
  ADD CONSTRAINT rule_version_source CHECK ((source = 'office') = (version > 1000));
ALTER TABLE rule ADD COLUMN shadow_of smallint REFERENCES rule;

-- Who did what to a version and when, for good. `text_hash`: what was read when it was signed.
CREATE TABLE rule_act (
  id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  version_id smallint NOT NULL REFERENCES rule_version,
  act        text NOT NULL CHECK (act IN ('draft', 'change', 'try', 'stop', 'sign', 'enact', 'amend', 'repeal', 'hold')),
  person_id  int REFERENCES person,
  name       text NOT NULL,
  unit_name  text NOT NULL,
  role       text NOT NULL,
  at         timestamptz(3) NOT NULL,
  remark     text,
  details    jsonb NOT NULL DEFAULT '{}',
  text_hash  text NOT NULL
);
CREATE INDEX rule_act_version ON rule_act (version_id, id);
REVOKE UPDATE, DELETE, TRUNCATE ON rule_act FROM mingjing_app, mingjing_engine;

-- One stamp for all that processes keep of the rules. Whoever judges holds the lock shared until he commits, whoever
-- changes the rules takes it alone: nobody judges by an old set after a change is committed.
CREATE TABLE rule_set (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  stamp uuid NOT NULL
);
INSERT INTO rule_set (stamp) VALUES (gen_random_uuid());
-- volatile, so that the stamp is read after the lock is held and not as of the statement's beginning
CREATE FUNCTION rule_set_stamp() RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7305130);
  RETURN (SELECT stamp FROM rule_set);
END $$;
CREATE FUNCTION rule_set_change() RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE fresh uuid := gen_random_uuid();
BEGIN
  PERFORM pg_advisory_xact_lock(7305130);
  UPDATE rule_set SET stamp = fresh;
  RETURN fresh;
END $$;

ALTER TABLE judge_run ADD COLUMN claimed_at timestamptz(3);
CREATE INDEX judge_run_open ON judge_run (created_at) WHERE state IN ('queued', 'running');
