-- The tamper-evident log. `body` holds the exact bytes that were hashed, so never jsonb, which reorders.
CREATE TABLE ledger_entry (
  seq         bigint PRIMARY KEY,
  leaf_hash   bytea NOT NULL CHECK (length(leaf_hash) = 32),
  body        bytea NOT NULL,
  -- only to find entries by; what counts is in the body
  object_type text,
  object_id   text,
  recorded_at timestamptz(3) NOT NULL
);
CREATE INDEX ledger_entry_object ON ledger_entry (object_id, seq) WHERE object_id IS NOT NULL;

CREATE TABLE ledger_head (
  id   boolean PRIMARY KEY DEFAULT true CHECK (id),
  size bigint NOT NULL,
  -- hashes of the complete subtrees, largest first: all that the next entry needs
  peaks bytea[] NOT NULL,
  at   timestamptz(3)
);
INSERT INTO ledger_head (size, peaks) VALUES (0, '{}');

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry FROM mingjing_app, mingjing_engine;
REVOKE INSERT, DELETE ON ledger_head FROM mingjing_app, mingjing_engine;
