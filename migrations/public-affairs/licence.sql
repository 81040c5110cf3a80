CREATE TABLE "licence" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "kind" text,
  "applicant" text,
  "unit_id" integer,
  "received_at" timestamptz(3),
  "acceptor_id" integer,
  "approver_id" integer,
  "inspectors_ids" integer[],
  "accepted_at" timestamptz(3),
  "refused_at" timestamptz(3),
  "slip_number" text,
  "slip_sealed" boolean,
  "deemed_accepted" boolean,
  "joint" boolean,
  "lower_received_at" timestamptz(3),
  "lower_sent_at" timestamptz(3),
  "check_officers_ids" integer[],
  "checked_at" timestamptz(3),
  "decided_at" timestamptz(3),
  "decision" text,
  "decision_number" text,
  "reasons_given" boolean,
  "remedies_told" boolean,
  "certificate_at" timestamptz(3),
  "certificate_number" text,
  "renews" text,
  "old_ends_at" timestamptz(3),
  "pushed_at" timestamptz(3)
);
CREATE UNIQUE INDEX ON "licence" ("number");
CREATE INDEX ON "licence" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "licence" USING gin ("slip_number" gin_trgm_ops);
CREATE INDEX ON "licence" USING gin ("decision_number" gin_trgm_ops);
CREATE INDEX ON "licence" USING gin ("certificate_number" gin_trgm_ops);
CREATE INDEX ON "licence" USING gin ("renews" gin_trgm_ops);
CREATE INDEX ON "licence" ("unit_id", "received_at" DESC);
CREATE INDEX ON "licence" ("received_at" DESC, id);
CREATE INDEX ON "licence" ("acceptor_id");
CREATE INDEX ON "licence" ("approver_id");
CREATE INDEX ON "licence" USING gin ("inspectors_ids");

CREATE TABLE "licence_supplement" (
  "id" uuid PRIMARY KEY,
  "licence_id" uuid NOT NULL REFERENCES "licence",
  "seq" integer NOT NULL,
  "told_at" timestamptz(3),
  "wanted" text,
  "completed_at" timestamptz(3)
);
CREATE INDEX ON "licence_supplement" ("licence_id");

CREATE TABLE "licence_extension" (
  "id" uuid PRIMARY KEY,
  "licence_id" uuid NOT NULL REFERENCES "licence",
  "seq" integer NOT NULL,
  "approved_at" timestamptz(3),
  "level" text,
  "by_government" boolean,
  "days" bigint,
  "reason_told_at" timestamptz(3),
  "number" text
);
CREATE INDEX ON "licence_extension" ("licence_id");

CREATE TABLE "licence_suspension" (
  "id" uuid PRIMARY KEY,
  "licence_id" uuid NOT NULL REFERENCES "licence",
  "seq" integer NOT NULL,
  "reason" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "told_in_writing" boolean
);
CREATE INDEX ON "licence_suspension" ("licence_id");

ALTER TABLE "licence" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "licence" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "licence" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "acceptor_id" = (SELECT me())
    OR "approver_id" = (SELECT me())
    OR "inspectors_ids" @> ARRAY[(SELECT me())]);
CREATE POLICY app_adds ON "licence" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "licence" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "acceptor_id" = (SELECT me())
    OR "approver_id" = (SELECT me())
    OR "inspectors_ids" @> ARRAY[(SELECT me())]) WITH CHECK (true);
ALTER TABLE "licence_supplement" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "licence_supplement" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "licence_supplement" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s));
CREATE POLICY app_adds ON "licence_supplement" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "licence_supplement" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s)) WITH CHECK (true);
ALTER TABLE "licence_extension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "licence_extension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "licence_extension" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s));
CREATE POLICY app_adds ON "licence_extension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "licence_extension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s)) WITH CHECK (true);
ALTER TABLE "licence_suspension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "licence_suspension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "licence_suspension" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s));
CREATE POLICY app_adds ON "licence_suspension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "licence_suspension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "licence_id" IN (SELECT s.id FROM "licence" s)) WITH CHECK (true);
