-- An emergency mode that begins in the past excuses nobody before a second person has released it.
ALTER TABLE emergency ADD COLUMN needs_release boolean NOT NULL DEFAULT false,
  ADD COLUMN released_by int REFERENCES person, ADD COLUMN released_at timestamptz(3);

-- An outage that is reported for the past: nothing changes before a second person has released it.
CREATE TABLE feed_request (
  id          uuid PRIMARY KEY,
  feed        text NOT NULL,
  unit_id     int REFERENCES unit,
  at          timestamptz(3) NOT NULL,
  reason      text NOT NULL,
  asked_by    int NOT NULL REFERENCES person,
  asked_at    timestamptz(3) NOT NULL,
  released_by int REFERENCES person,
  released_at timestamptz(3)
);
CREATE INDEX feed_request_open ON feed_request (feed) WHERE released_at IS NULL;
REVOKE DELETE, TRUNCATE ON feed_request FROM mingjing_app, mingjing_engine;
