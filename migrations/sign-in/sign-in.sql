-- Browsers on which somebody has signed in: they count for themselves, so that strangers' guesses lock nobody out of his own.
CREATE TABLE known_device (
  token_hash bytea PRIMARY KEY,
  person_id  int NOT NULL REFERENCES person,
  made_at    timestamptz(3) NOT NULL,
  seen_at    timestamptz(3) NOT NULL
);
CREATE INDEX known_device_person ON known_device (person_id);

-- Passwords that somebody has had: none of the last ones comes back.
CREATE TABLE password_used (
  person_id int NOT NULL REFERENCES person,
  hash      text NOT NULL,
  until     timestamptz(3) NOT NULL
);
CREATE INDEX password_used_person ON password_used (person_id, until DESC);

-- Guesses are counted by address as well.
CREATE INDEX login_attempt_address ON login_attempt (address, at DESC) WHERE NOT succeeded;
