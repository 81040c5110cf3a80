-- The tamper-evident log (server/ledger). `body` holds the exact bytes that were hashed, so never jsonb, which
-- reorders; the other columns repeat fields of the body, only to find entries by: verifying compares them.
CREATE TABLE ledger_entry (
  -- index of the leaf in the tree: dense, from 0
  seq         bigint PRIMARY KEY CHECK (seq >= 0),
  recorded_at timestamptz(3) NOT NULL,
  action      text NOT NULL,
  object_type text,
  object_id   text,
  leaf_hash   bytea NOT NULL CHECK (length(leaf_hash) = 32),
  body        bytea NOT NULL
);
CREATE INDEX ledger_entry_object ON ledger_entry (object_id, seq) WHERE object_id IS NOT NULL;
CREATE INDEX ledger_entry_action ON ledger_entry (action, seq);

-- One row: what the log is, and what the next entry builds on.
CREATE TABLE ledger_head (
  id               boolean PRIMARY KEY DEFAULT true CHECK (id),
  -- names this log in every entry, so that none can be carried into another
  log              uuid NOT NULL DEFAULT gen_random_uuid(),
  alg              text NOT NULL DEFAULT 'sha256',
  size             bigint NOT NULL DEFAULT 0,
  root             bytea NOT NULL DEFAULT sha256(''),
  -- hashes of the complete subtrees, largest first
  frontier         bytea[] NOT NULL DEFAULT '{}',
  last_leaf        bytea,
  last_recorded_at timestamptz(3)
);
INSERT INTO ledger_head DEFAULT VALUES;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_head_stays BEFORE DELETE OR TRUNCATE ON ledger_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Takes the lock of the log, which is the last lock of a transaction, and reads its head behind it: a function sees
-- what was committed while it waited.
CREATE FUNCTION ledger_lock() RETURNS ledger_head LANGUAGE plpgsql AS $$
DECLARE
  head ledger_head;
BEGIN
  PERFORM pg_advisory_xact_lock(7305140);
  SELECT * INTO STRICT head FROM ledger_head;
  RETURN head;
END $$;

-- The only way into the log for those who run it: entries that follow the head, each the hash of its bytes, none
-- recorded before the last. The tree's hashes are the caller's; verifying computes them again.
CREATE FUNCTION ledger_append(
  from_seq bigint, recorded timestamptz, actions text[], types text[], ids text[], leaves bytea[], bodies bytea[],
  new_root bytea, new_frontier bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  many int := cardinality(bodies);
BEGIN
  UPDATE ledger_head SET size = size + many, root = new_root, frontier = new_frontier, last_leaf = leaves[many],
    last_recorded_at = recorded
  WHERE size = from_seq AND many > 0 AND recorded >= coalesce(last_recorded_at, '-infinity');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the entries do not follow the head of the ledger' USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO ledger_entry (seq, recorded_at, action, object_type, object_id, leaf_hash, body)
  SELECT from_seq + i - 1, recorded, action, type, id, leaf, body
  FROM unnest(actions, types, ids, leaves, bodies) WITH ORDINALITY AS e (action, type, id, leaf, body, i)
  WHERE leaf = sha256('\x00'::bytea || body);
  GET DIAGNOSTICS many = ROW_COUNT;
  IF many <> cardinality(bodies) THEN
    RAISE EXCEPTION 'an entry of the ledger is not the hash of its bytes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_entry, ledger_head FROM mingjing_app, mingjing_engine;
REVOKE EXECUTE ON FUNCTION ledger_lock, ledger_append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_lock, ledger_append TO mingjing_app, mingjing_engine;
