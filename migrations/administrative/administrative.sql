-- What the administrative procedure adds to a case: facts, appraisals, mediations.
ALTER TABLE "case"
  ADD COLUMN "discovered" boolean,
  ADD COLUMN "suspect_known_at" timestamptz(3),
  ADD COLUMN "reporter_unreachable_at" timestamptz(3),
  ADD COLUMN "filing_told_at" timestamptz(3),
  ADD COLUMN "outcome_told_at" timestamptz(3),
  ADD COLUMN "on_spot_filed_at" timestamptz(3),
  ADD COLUMN "on_spot_returned_at" timestamptz(3),
  ADD COLUMN "fast_track_at" timestamptz(3),
  ADD COLUMN "suspect_arrived_at" timestamptz(3),
  ADD COLUMN "fast_track_left_at" timestamptz(3),
  ADD COLUMN "appraisal_waived_at" timestamptz(3),
  ADD COLUMN "appraisal_waiver" text,
  ADD COLUMN "notice_by_publication" boolean,
  ADD COLUMN "guardian_told_at" timestamptz(3),
  ADD COLUMN "hearing_told_at" timestamptz(3),
  ADD COLUMN "hearing_asked_at" timestamptz(3),
  ADD COLUMN "hearing_waived_at" timestamptz(3),
  ADD COLUMN "hearing_accepted_at" timestamptz(3),
  ADD COLUMN "hearing_refused_at" timestamptz(3),
  ADD COLUMN "hearing_withdrawn_at" timestamptz(3),
  ADD COLUMN "hearing_notice_at" timestamptz(3),
  ADD COLUMN "public_interest" boolean,
  ADD COLUMN "intricate" boolean,
  ADD COLUMN "grave_offence" boolean,
  ADD COLUMN "legal_reviewer_id" integer,
  ADD COLUMN "discussed_at" timestamptz(3),
  ADD COLUMN "decision_level" text,
  ADD COLUMN "other_term" boolean,
  ADD COLUMN "punished_family_told_at" timestamptz(3),
  ADD COLUMN "family_not_told_at" timestamptz(3),
  ADD COLUMN "detention_executed_at" timestamptz(3),
  ADD COLUMN "detention_deferred_at" timestamptz(3),
  ADD COLUMN "deferral_secured" boolean,
  ADD COLUMN "detention_spared_at" timestamptz(3),
  ADD COLUMN "detention_spared" text,
  ADD COLUMN "cash_at" timestamptz(3),
  ADD COLUMN "cash_ground" text,
  ADD COLUMN "cash_handed_in_at" timestamptz(3),
  ADD COLUMN "cash_banked_at" timestamptz(3),
  ADD COLUMN "fine_paid_at" timestamptz(3),
  ADD COLUMN "fine_pressed_at" timestamptz(3),
  ADD COLUMN "fine_pressed" text;
ALTER TABLE "case_act"
  ADD COLUMN "on_spot" boolean,
  ADD COLUMN "remote" boolean;
ALTER TABLE "case_party"
  ADD COLUMN "decision_served_at" timestamptz(3),
  ADD COLUMN "unserved_at" timestamptz(3);

CREATE TABLE "case_appraisal" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "kind" text,
  "condition" text,
  "institution" text,
  "subject_name" text,
  "ordered_at" timestamptz(3),
  "opinion_at" timestamptz(3),
  "received_at" timestamptz(3),
  "suspect_served_at" timestamptz(3),
  "victim_served_at" timestamptz(3)
);
CREATE INDEX ON "case_appraisal" ("case_id");

CREATE TABLE "case_mediation" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "round" bigint,
  "outcome" text,
  "held_at" timestamptz(3),
  "kept_at" timestamptz(3),
  "broken_at" timestamptz(3)
);
CREATE INDEX ON "case_mediation" ("case_id");
ALTER TABLE "case_appraisal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_appraisal" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_appraisal" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_appraisal" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_appraisal" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_mediation" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_mediation" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_mediation" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_mediation" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_mediation" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
