-- Who set a number, when and why; rows of the shipped files have nobody.
ALTER TABLE rule_param ADD COLUMN set_by int REFERENCES person, ADD COLUMN set_at timestamptz(3), ADD COLUMN reason text;
