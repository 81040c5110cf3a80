CREATE TABLE "complaint" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "channel" text,
  "topic" text,
  "content" text,
  "complainant" text,
  "phone" text,
  "no_contact" boolean,
  "against_id" integer,
  "unit_id" integer,
  "handler_id" integer,
  "received_at" timestamptz(3),
  "assigned_at" timestamptz(3),
  "signed_at" timestamptz(3),
  "contacted_at" timestamptz(3),
  "accepted_at" timestamptz(3),
  "told_at" timestamptz(3),
  "told_by" text,
  "other_procedure" boolean,
  "not_ours" boolean,
  "referred_at" timestamptz(3),
  "objected_at" timestamptz(3),
  "transferred_at" timestamptz(3),
  "merged_at" timestamptz(3),
  "repeat_of_id" uuid,
  "measure" text,
  "answered_at" timestamptz(3),
  "answer_number" text,
  "opinion" text,
  "closed_at" timestamptz(3),
  "called_back_at" timestamptz(3),
  "satisfaction" text,
  "redone_at" timestamptz(3),
  "dismissed_at" timestamptz(3),
  "cleared_at" timestamptz(3)
);
CREATE UNIQUE INDEX ON "complaint" ("number");
CREATE INDEX ON "complaint" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "complaint" USING gin ("topic" gin_trgm_ops);
CREATE INDEX ON "complaint" ("repeat_of_id");
CREATE INDEX ON "complaint" USING gin ("answer_number" gin_trgm_ops);
CREATE INDEX ON "complaint" ("unit_id", "received_at" DESC);
CREATE INDEX ON "complaint" ("received_at" DESC, id);
CREATE INDEX ON "complaint" ("handler_id");

CREATE TABLE "complaint_extension" (
  "id" uuid PRIMARY KEY,
  "complaint_id" uuid NOT NULL REFERENCES "complaint",
  "seq" integer NOT NULL,
  "approved_at" timestamptz(3),
  "level" text,
  "days" bigint,
  "reason_told_at" timestamptz(3),
  "number" text
);
CREATE INDEX ON "complaint_extension" ("complaint_id");

CREATE TABLE "complaint_review" (
  "id" uuid PRIMARY KEY,
  "complaint_id" uuid NOT NULL REFERENCES "complaint",
  "seq" integer NOT NULL,
  "kind" text,
  "requested_at" timestamptz(3),
  "answered_at" timestamptz(3),
  "outcome" text
);
CREATE INDEX ON "complaint_review" ("complaint_id");

CREATE TABLE "complaint_hearing" (
  "id" uuid PRIMARY KEY,
  "complaint_id" uuid NOT NULL REFERENCES "complaint",
  "seq" integer NOT NULL,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3)
);
CREATE INDEX ON "complaint_hearing" ("complaint_id");

ALTER TABLE "complaint" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "complaint" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "complaint" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "handler_id" = (SELECT me()));
CREATE POLICY app_adds ON "complaint" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "complaint" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "handler_id" = (SELECT me())) WITH CHECK (true);
ALTER TABLE "complaint_extension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "complaint_extension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "complaint_extension" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s));
CREATE POLICY app_adds ON "complaint_extension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "complaint_extension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s)) WITH CHECK (true);
ALTER TABLE "complaint_review" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "complaint_review" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "complaint_review" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s));
CREATE POLICY app_adds ON "complaint_review" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "complaint_review" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s)) WITH CHECK (true);
ALTER TABLE "complaint_hearing" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "complaint_hearing" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "complaint_hearing" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s));
CREATE POLICY app_adds ON "complaint_hearing" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "complaint_hearing" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "complaint_id" IN (SELECT s.id FROM "complaint" s)) WITH CHECK (true);
