-- One human, one identity: of an identity number the database keeps a keyed hash alone (server/organisation/identity.ts).
ALTER TABLE person ADD COLUMN identity_hash bytea CHECK (length(identity_hash) = 32);
CREATE INDEX person_identity ON person (identity_hash) WHERE identity_hash IS NOT NULL;

-- Every account of the human who has this one, itself included: what one of them did, all of them did.
CREATE FUNCTION accounts_of(person_id int) RETURNS int[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT accounts_of.person_id UNION
               SELECT o.id FROM person p JOIN person o ON o.identity_hash = p.identity_hash WHERE p.id = accounts_of.person_id)
$$;

CREATE FUNCTION same_human(one int, other int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(one = other OR EXISTS (
    SELECT FROM person p JOIN person o ON o.identity_hash = p.identity_hash WHERE p.id = one AND o.id = other), false)
$$;

-- Who has a part in the matter under another account has it under this one too.
CREATE OR REPLACE FUNCTION refuse_concerned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM finding_party WHERE finding_id = NEW.subject_id AND person_id = ANY (accounts_of(NEW.person_id))) THEN
    RAISE EXCEPTION 'person % has a part in finding %', NEW.person_id, NEW.subject_id USING ERRCODE = 'MJ403';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION refuse_concerned_judge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM finding_party WHERE finding_id = NEW.id AND person_id = ANY (accounts_of(NEW.judge_id))) THEN
    RAISE EXCEPTION 'person % has a part in finding %', NEW.judge_id, NEW.id USING ERRCODE = 'MJ403';
  END IF;
  RETURN NULL;
END $$;
