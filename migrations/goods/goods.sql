-- Facts, stocktakes and integrity checks of the rest of the catalogue: alarms, items and recordings.

ALTER TABLE "alarm"
  ADD COLUMN "registered_at" timestamptz(3),
  ADD COLUMN "secret" boolean,
  ADD COLUMN "materials_at" timestamptz(3),
  ADD COLUMN "no_materials" boolean,
  ADD COLUMN "receipt_at" timestamptz(3),
  ADD COLUMN "query_told" boolean,
  ADD COLUMN "jurisdiction" text,
  ADD COLUMN "jurisdiction_at" timestamptz(3),
  ADD COLUMN "unclear" boolean,
  ADD COLUMN "disputed" boolean,
  ADD COLUMN "no_contact" boolean,
  ADD COLUMN "told_at" timestamptz(3),
  ADD COLUMN "told_in_writing_at" timestamptz(3),
  ADD COLUMN "transfer_approved_at" timestamptz(3),
  ADD COLUMN "transfer_level" text,
  ADD COLUMN "transferred_at" timestamptz(3),
  ADD COLUMN "transferred_to" text,
  ADD COLUMN "transfer_number" text,
  ADD COLUMN "domestic_violence" boolean,
  ADD COLUMN "victim_injury" text,
  ADD COLUMN "injury_recorded_at" timestamptz(3),
  ADD COLUMN "admonition_at" timestamptz(3),
  ADD COLUMN "admonition_number" text,
  ADD COLUMN "no_admonition_at" timestamptz(3),
  ADD COLUMN "no_admonition_reason" text;
CREATE INDEX ON "alarm" USING gin ("transfer_number" gin_trgm_ops);
CREATE INDEX ON "alarm" USING gin ("admonition_number" gin_trgm_ops);

ALTER TABLE "item"
  ADD COLUMN "on_scene" boolean,
  ADD COLUMN "taken_with_ids" integer[],
  ADD COLUMN "seized_from" timestamptz(3),
  ADD COLUMN "seized_until" timestamptz(3),
  ADD COLUMN "camera_exempt_at" timestamptz(3),
  ADD COLUMN "approval_level" text,
  ADD COLUMN "papers_sent_at" timestamptz(3),
  ADD COLUMN "registration_ended_at" timestamptz(3),
  ADD COLUMN "registration_outcome" text,
  ADD COLUMN "unrelated_at" timestamptz(3),
  ADD COLUMN "lifted_at" timestamptz(3),
  ADD COLUMN "owner_notice_at" timestamptz(3),
  ADD COLUMN "keep_original" boolean,
  ADD COLUMN "deposited_at" timestamptz(3),
  ADD COLUMN "deposit_number" text,
  ADD COLUMN "valuable" boolean,
  ADD COLUMN "photographed_at" timestamptz(3),
  ADD COLUMN "appraised_at" timestamptz(3),
  ADD COLUMN "perishable" boolean,
  ADD COLUMN "sale_approved_at" timestamptz(3),
  ADD COLUMN "sale_level" text,
  ADD COLUMN "sold_at" timestamptz(3),
  ADD COLUMN "sale_amount" numeric(16,2),
  ADD COLUMN "enterprise" boolean,
  ADD COLUMN "business_impact" boolean,
  ADD COLUMN "special_store_at" timestamptz(3),
  ADD COLUMN "special_keeper" text;
CREATE INDEX ON "item" USING gin ("deposit_number" gin_trgm_ops);
CREATE INDEX ON "item" ("seized_from");
CREATE INDEX ON "item" USING gin ("taken_with_ids") WHERE "taken_with_ids" IS NOT NULL;

ALTER TABLE "item_movement"
  ADD COLUMN "purpose" text,
  ADD COLUMN "approved_at" timestamptz(3),
  ADD COLUMN "extension_approved_at" timestamptz(3),
  ADD COLUMN "extended_to" timestamptz(3),
  ADD COLUMN "checked" boolean;

CREATE TABLE "item_stocktake" (
  "id" uuid PRIMARY KEY,
  "item_id" uuid NOT NULL REFERENCES "item",
  "seq" integer NOT NULL,
  "counted_at" timestamptz(3),
  "result" text,
  "quantity" double precision,
  "by_id" integer,
  "note" text
);
CREATE INDEX ON "item_stocktake" ("item_id");
ALTER TABLE "item_stocktake" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "item_stocktake" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "item_stocktake" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s));
CREATE POLICY app_adds ON "item_stocktake" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "item_stocktake" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s)) WITH CHECK (true);

ALTER TABLE "recording"
  ADD COLUMN "deleted_by_id" integer,
  ADD COLUMN "case_id" uuid,
  ADD COLUMN "classified_at" timestamptz(3),
  ADD COLUMN "evidence" boolean,
  ADD COLUMN "obstruction" boolean,
  ADD COLUMN "major_incident" boolean,
  ADD COLUMN "complex_incident" boolean;
CREATE INDEX ON "recording" ("case_id");

CREATE TABLE "recording_check" (
  "id" uuid PRIMARY KEY,
  "recording_id" uuid NOT NULL REFERENCES "recording",
  "seq" integer NOT NULL,
  "checked_at" timestamptz(3),
  "result" text,
  "sha256" text,
  "size" bigint,
  "note" text
);
CREATE INDEX ON "recording_check" ("recording_id");
ALTER TABLE "recording_check" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "recording_check" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "recording_check" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "recording_id" IN (SELECT s.id FROM "recording" s));
CREATE POLICY app_adds ON "recording_check" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "recording_check" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "recording_id" IN (SELECT s.id FROM "recording" s)) WITH CHECK (true);
