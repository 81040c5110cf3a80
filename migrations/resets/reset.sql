-- A new password is one administrator's proposal and another's release: each is told one half of the code, and only the
-- owner holds both (server/organisation/resets.ts).
CREATE TABLE password_reset (
  id          uuid PRIMARY KEY,
  person_id   int NOT NULL REFERENCES person,
  reason      text NOT NULL,
  proposed_by int NOT NULL REFERENCES person,
  proposed_at timestamptz(3) NOT NULL,
  -- argon2id of the half that the proposer was told; kept until the release
  first_hash  text,
  until       timestamptz(3) NOT NULL,
  released_by int REFERENCES person,
  released_at timestamptz(3),
  refused_by  int REFERENCES person,
  refused_at  timestamptz(3),
  CHECK (released_at IS NULL OR refused_at IS NULL)
);
CREATE INDEX password_reset_open ON password_reset (proposed_at) WHERE released_at IS NULL AND refused_at IS NULL;
CREATE INDEX password_reset_person ON password_reset (person_id);
REVOKE DELETE, TRUNCATE ON password_reset FROM mingjing_app, mingjing_engine;

CREATE FUNCTION refuse_single_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF same_human(NEW.proposed_by, NEW.person_id) OR same_human(NEW.released_by, NEW.person_id)
     OR same_human(NEW.proposed_by, NEW.released_by) THEN
    RAISE EXCEPTION 'a new password for % needs two others', NEW.person_id USING ERRCODE = 'MJ403';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER password_reset_hands AFTER INSERT OR UPDATE ON password_reset DEFERRABLE INITIALLY IMMEDIATE
  FOR EACH ROW EXECUTE FUNCTION refuse_single_hand();

-- A code is good until then; a password that its owner has set, for ever.
ALTER TABLE person ADD COLUMN password_until timestamptz(3);

-- The auditor reads the log by time, by whoever acted, and by what was refused. Bodies are canonical JSON: action, then
-- actor {name, personId, role, unitId, unitName}. A quote within a text is escaped, so the first `","personId":` is the
-- actor's, whatever his name says. Escaped bytes, so that a tampered body is no error here: verifying finds it.
CREATE FUNCTION ledger_field(body bytea, field text) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN v ~ '^[0-9]{1,9}$' THEN v::int END
    FROM split_part(split_part(encode(substring(body FROM 1 FOR 2000), 'escape'), '","' || field || '":', 2), ',', 1) v
$$;
CREATE FUNCTION ledger_actor(body bytea) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT public.ledger_field(body, 'personId') $$;
CREATE FUNCTION ledger_unit(body bytea) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT public.ledger_field(body, 'unitId') $$;
CREATE INDEX ledger_entry_actor ON ledger_entry (ledger_actor(body), seq);
CREATE INDEX ledger_entry_recorded ON ledger_entry (recorded_at, seq);
CREATE INDEX ledger_entry_refused ON ledger_entry (seq) WHERE action IN ('access.refuse', 'session.refuse');
