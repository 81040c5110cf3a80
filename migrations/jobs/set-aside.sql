-- A subject that the sweep could not judge: it waits here, and the others are judged.
CREATE TABLE set_aside (
  subject_id   uuid PRIMARY KEY,
  subject_type text NOT NULL,
  attempts     int NOT NULL,
  last_error   text NOT NULL,
  at           timestamptz(3) NOT NULL,
  -- the sweep leaves it alone so long
  until        timestamptz(3) NOT NULL
);
REVOKE INSERT, UPDATE, DELETE ON set_aside FROM mingjing_app;
