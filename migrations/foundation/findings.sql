-- Who has a part in what a finding is about and so may not decide it (handler, custodian, approver, reviewer, named).
CREATE TABLE finding_party (
  finding_id uuid NOT NULL,
  person_id  int NOT NULL REFERENCES person,
  part       text NOT NULL,
  PRIMARY KEY (finding_id, person_id, part)
);
CREATE INDEX finding_party_person ON finding_party (person_id);
