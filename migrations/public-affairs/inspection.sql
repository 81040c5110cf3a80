CREATE TABLE "inspection" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "enterprise" text,
  "enterprise_code" text,
  "unit_id" integer,
  "kind" text,
  "item" text,
  "item_published" boolean,
  "planned_at" timestamptz(3),
  "approved_at" timestamptz(3),
  "approval_number" text,
  "notice_at" timestamptz(3),
  "inspectors_ids" integer[],
  "scanned_at" timestamptz(3),
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "result" text,
  "problems" text,
  "yearly_number" bigint
);
CREATE UNIQUE INDEX ON "inspection" ("number");
CREATE INDEX ON "inspection" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "inspection" USING gin ("enterprise" gin_trgm_ops);
CREATE INDEX ON "inspection" USING gin ("enterprise_code" gin_trgm_ops);
CREATE INDEX ON "inspection" USING gin ("item" gin_trgm_ops);
CREATE INDEX ON "inspection" USING gin ("approval_number" gin_trgm_ops);
CREATE INDEX ON "inspection" ("enterprise_code");
CREATE INDEX ON "inspection" ("unit_id", "planned_at" DESC);
CREATE INDEX ON "inspection" ("planned_at" DESC, id);
CREATE INDEX ON "inspection" USING gin ("inspectors_ids");

ALTER TABLE "inspection" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "inspection" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "inspection" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "inspectors_ids" @> ARRAY[(SELECT me())]);
CREATE POLICY app_adds ON "inspection" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "inspection" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "inspectors_ids" @> ARRAY[(SELECT me())]) WITH CHECK (true);
