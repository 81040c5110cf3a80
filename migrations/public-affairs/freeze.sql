CREATE TABLE "freeze" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "case_id" uuid,
  "unit_id" integer,
  "officer_id" integer,
  "kind" text,
  "major_complex" boolean,
  "enterprise" boolean,
  "bank" text,
  "account" text,
  "holder" text,
  "holder_is" text,
  "link_shown_at" timestamptz(3),
  "opened_at" timestamptz(3),
  "approved_at" timestamptz(3),
  "level" text,
  "notice_number" text,
  "frozen_at" timestamptz(3),
  "amount" numeric(16,2),
  "case_amount" numeric(16,2),
  "necessity_at" timestamptz(3),
  "term_end_at" timestamptz(3),
  "others_frozen_at" timestamptz(3),
  "queued" boolean,
  "moved_at" timestamptz(3),
  "deducted_at" timestamptz(3),
  "deducted_for" text,
  "unrelated_found_at" timestamptz(3),
  "released_at" timestamptz(3),
  "owner_told_at" timestamptz(3),
  "disputed" boolean,
  "flow_table_at" timestamptz(3),
  "refund_decided_at" timestamptz(3),
  "refund_level" text,
  "refund_number" text,
  "pro_rata" boolean,
  "published_at" timestamptz(3),
  "sent_to_bank_at" timestamptz(3),
  "paid_at" timestamptz(3),
  "paid_to" text,
  "account_closed" boolean,
  "fee" numeric(16,2),
  "remark" text
);
CREATE UNIQUE INDEX ON "freeze" ("number");
CREATE INDEX ON "freeze" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "freeze" ("case_id");
CREATE INDEX ON "freeze" ("account");
CREATE INDEX ON "freeze" USING gin ("bank" gin_trgm_ops);
CREATE INDEX ON "freeze" USING gin ("notice_number" gin_trgm_ops);
CREATE INDEX ON "freeze" USING gin ("refund_number" gin_trgm_ops);
CREATE INDEX ON "freeze" ("unit_id", "opened_at" DESC);
CREATE INDEX ON "freeze" ("opened_at" DESC, id);
CREATE INDEX ON "freeze" ("officer_id");

CREATE TABLE "freeze_stop" (
  "id" uuid PRIMARY KEY,
  "freeze_id" uuid NOT NULL REFERENCES "freeze",
  "seq" integer NOT NULL,
  "stopped_at" timestamptz(3),
  "amount" numeric(16,2),
  "ended_at" timestamptz(3),
  "reason" text
);
CREATE INDEX ON "freeze_stop" ("freeze_id");

CREATE TABLE "freeze_renewal" (
  "id" uuid PRIMARY KEY,
  "freeze_id" uuid NOT NULL REFERENCES "freeze",
  "seq" integer NOT NULL,
  "approved_at" timestamptz(3),
  "level" text,
  "number" text,
  "from_at" timestamptz(3),
  "until_at" timestamptz(3)
);
CREATE INDEX ON "freeze_renewal" ("freeze_id");

CREATE TABLE "freeze_victim" (
  "id" uuid PRIMARY KEY,
  "freeze_id" uuid NOT NULL REFERENCES "freeze",
  "seq" integer NOT NULL,
  "name" text,
  "loss" numeric(16,2),
  "found_at" timestamptz(3),
  "told_at" timestamptz(3)
);
CREATE INDEX ON "freeze_victim" ("freeze_id");

CREATE TABLE "freeze_objection" (
  "id" uuid PRIMARY KEY,
  "freeze_id" uuid NOT NULL REFERENCES "freeze",
  "seq" integer NOT NULL,
  "raised_at" timestamptz(3),
  "by" text,
  "reviewed_at" timestamptz(3),
  "outcome" text
);
CREATE INDEX ON "freeze_objection" ("freeze_id");

ALTER TABLE "freeze" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "freeze" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "freeze" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me()));
CREATE POLICY app_adds ON "freeze" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "freeze" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me())) WITH CHECK (true);
ALTER TABLE "freeze_stop" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "freeze_stop" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "freeze_stop" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s));
CREATE POLICY app_adds ON "freeze_stop" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "freeze_stop" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s)) WITH CHECK (true);
ALTER TABLE "freeze_renewal" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "freeze_renewal" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "freeze_renewal" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s));
CREATE POLICY app_adds ON "freeze_renewal" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "freeze_renewal" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s)) WITH CHECK (true);
ALTER TABLE "freeze_victim" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "freeze_victim" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "freeze_victim" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s));
CREATE POLICY app_adds ON "freeze_victim" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "freeze_victim" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s)) WITH CHECK (true);
ALTER TABLE "freeze_objection" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "freeze_objection" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "freeze_objection" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s));
CREATE POLICY app_adds ON "freeze_objection" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "freeze_objection" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "freeze_id" IN (SELECT s.id FROM "freeze" s)) WITH CHECK (true);
