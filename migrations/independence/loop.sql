ALTER TABLE finding ADD COLUMN explainer_id integer, ADD COLUMN explained_by_head boolean, ADD COLUMN facts_changed_by_id integer;
UPDATE finding f SET explainer_id = s.person_id FROM (
  SELECT DISTINCT ON (subject_id) subject_id, person_id FROM step WHERE subject_type = 20 AND verb = 9 ORDER BY subject_id, seq DESC
) s WHERE s.subject_id = f.id;

-- issue, merge, extend, reopen, suspend, resume, name a reviewer, refer and its outcome decide a finding's fate as much as
-- a verdict does (codes of server/findings/finding.ts). A unit head
-- who hands an explanation back to its author decides nothing.
DROP TRIGGER step_independence ON step;
CREATE CONSTRAINT TRIGGER step_independence AFTER INSERT ON step DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
  WHEN (NEW.subject_type = 20 AND (NEW.verb IN (3, 4, 5, 12, 14, 15, 16, 17, 18, 19, 21, 22, 26, 27, 30) OR (NEW.verb = 11 AND NEW.role_name <> 'unit-head'))) EXECUTE FUNCTION refuse_concerned();

-- An excuse says where it comes from: a decision on its finding, an exception, or an emergency mode.
ALTER TABLE excuse ADD COLUMN exception_id uuid REFERENCES exception, ADD COLUMN emergency_id uuid REFERENCES emergency,
  ADD CONSTRAINT excuse_origin CHECK (num_nonnulls(exception_id, emergency_id) <= 1);
UPDATE excuse x SET emergency_id = e.id FROM emergency e WHERE x.finding_id IS NULL AND x.reason = '应急模式 ' || e.order_number;
UPDATE excuse x SET exception_id = (SELECT e.id FROM exception e WHERE e.rule_id = x.rule_id AND e.reason = x.reason AND e.finding_id IS NOT DISTINCT FROM x.finding_id ORDER BY e.from_at LIMIT 1)
 WHERE x.emergency_id IS NULL AND NOT EXISTS (SELECT FROM finding f WHERE f.id = x.finding_id AND f.subject_id = x.subject_id AND f.occurrence = x.occurrence AND f.rule_id = x.rule_id);
CREATE INDEX excuse_exception ON excuse (exception_id) WHERE exception_id IS NOT NULL;
CREATE INDEX excuse_emergency ON excuse (emergency_id) WHERE emergency_id IS NOT NULL;

-- The unit by whose reach an exception was granted: an exception on a record belongs to somebody too.
ALTER TABLE exception ADD COLUMN at_unit int REFERENCES unit;
UPDATE exception e SET at_unit = coalesce(e.unit_id, (SELECT p.unit_id FROM person p WHERE p.id = e.person_id), (SELECT f.unit_id FROM finding f WHERE f.id = e.finding_id), (SELECT p.unit_id FROM person p WHERE p.id = e.granted_by));
