-- What a release would say of a rule that people have signed: it waits until somebody signs it, and is then the text.
ALTER TABLE rule_version ADD COLUMN waiting_text text;
