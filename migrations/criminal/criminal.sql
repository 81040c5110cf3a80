-- The criminal procedure of cases (printed by server/subjects/ddl.ts and walls.ts).
ALTER TABLE "case"
  ADD COLUMN "complainant" boolean,
  ADD COLUMN "referred_at" timestamptz(3),
  ADD COLUMN "referred_by" text,
  ADD COLUMN "papers_missing" boolean,
  ADD COLUMN "papers_asked_at" timestamptz(3),
  ADD COLUMN "economic" boolean,
  ADD COLUMN "second_review_approved_at" timestamptz(3),
  ADD COLUMN "second_review_level" text,
  ADD COLUMN "other_province" boolean,
  ADD COLUMN "jurisdiction_basis" text,
  ADD COLUMN "jurisdiction_approved_at" timestamptz(3),
  ADD COLUMN "jurisdiction_level" text,
  ADD COLUMN "withdrawn_at" timestamptz(3),
  ADD COLUMN "withdraw_reason" text,
  ADD COLUMN "withdrawal_suspect_told_at" timestamptz(3),
  ADD COLUMN "withdrawal_victim_told_at" timestamptz(3),
  ADD COLUMN "withdrawal_referrer_told_at" timestamptz(3),
  ADD COLUMN "investigation_ended_at" timestamptz(3),
  ADD COLUMN "prosecuted_at" timestamptz(3),
  ADD COLUMN "prosecution_number" text;
CREATE INDEX ON "case" USING gin ("prosecution_number" gin_trgm_ops);

ALTER TABLE "case_measure"
  ADD COLUMN "reviewed_at" timestamptz(3),
  ADD COLUMN "review" text,
  ADD COLUMN "designated" boolean,
  ADD COLUMN "family_untold" text,
  ADD COLUMN "untold_until" timestamptz(3),
  ADD COLUMN "request_extended_at" timestamptz(3),
  ADD COLUMN "request_ground" text,
  ADD COLUMN "request_level" text,
  ADD COLUMN "request_days" bigint,
  ADD COLUMN "arrest_requested_at" timestamptz(3),
  ADD COLUMN "not_approved_at" timestamptz(3),
  ADD COLUMN "result_sent_at" timestamptz(3),
  ADD COLUMN "guarantee" text,
  ADD COLUMN "deposit" numeric(16,2),
  ADD COLUMN "deposit_paid_at" timestamptz(3),
  ADD COLUMN "deposit_returned_at" timestamptz(3),
  ADD COLUMN "deposit_forfeited_at" timestamptz(3),
  ADD COLUMN "custody_from" timestamptz(3),
  ADD COLUMN "elsewhere" boolean,
  ADD COLUMN "cooperation_at" timestamptz(3),
  ADD COLUMN "cooperation_number" text,
  ADD COLUMN "first_response" boolean;
CREATE INDEX ON "case_measure" USING gin ("cooperation_number" gin_trgm_ops);

CREATE TABLE "case_refusal_review" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "kind" text,
  "applicant" text,
  "authority" text,
  "applied_at" timestamptz(3),
  "extended_at" timestamptz(3),
  "extension_told_at" timestamptz(3),
  "decided_at" timestamptz(3),
  "result" text,
  "served_at" timestamptz(3)
);
CREATE INDEX ON "case_refusal_review" ("case_id");

CREATE TABLE "case_supervision" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "kind" text,
  "number" text,
  "sender" text,
  "received_at" timestamptz(3),
  "answered_at" timestamptz(3),
  "issue_opened_at" timestamptz(3),
  "summary" text
);
CREATE INDEX ON "case_supervision" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "case_supervision" ("case_id");

CREATE TABLE "case_supplement" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "returned_at" timestamptz(3),
  "number" text,
  "resent_at" timestamptz(3)
);
CREATE INDEX ON "case_supplement" ("case_id");

CREATE TABLE "case_custody_term" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "of" text,
  "stage" text,
  "expires_at" timestamptz(3),
  "requested_at" timestamptz(3),
  "approved_at" timestamptz(3),
  "approver" text,
  "number" text
);
CREATE INDEX ON "case_custody_term" ("case_id");

ALTER TABLE "case_refusal_review" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_refusal_review" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_refusal_review" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_refusal_review" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_refusal_review" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_supervision" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_supervision" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_supervision" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_supervision" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_supervision" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_supplement" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_supplement" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_supplement" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_supplement" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_supplement" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_custody_term" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_custody_term" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_custody_term" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_custody_term" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_custody_term" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
