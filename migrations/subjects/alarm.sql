CREATE TABLE "alarm" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "channel" text,
  "intake_category" text,
  "feedback_category" text,
  "topic" text,
  "priority" text,
  "area" text,
  "caller" text,
  "caller_phone" text,
  "caller_unknown" text,
  "place" text,
  "place_unknown" text,
  "narrative" text,
  "unit_id" integer,
  "received_by_id" integer,
  "received_at" timestamptz(3),
  "reported_at" timestamptz(3),
  "handled_at" timestamptz(3),
  "disposition" text,
  "complex" boolean,
  "downgrade_reviewed_at" timestamptz(3),
  "case_id" uuid,
  "case_linked_at" timestamptz(3),
  "no_case_at" timestamptz(3),
  "no_case_reason" text,
  "no_case_note" text,
  "enterprise" boolean,
  "re_reports" bigint,
  "called_back_at" timestamptz(3),
  "satisfaction" text
);
CREATE UNIQUE INDEX ON "alarm" ("number");
CREATE INDEX ON "alarm" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "alarm" USING gin ("topic" gin_trgm_ops);
CREATE INDEX ON "alarm" USING gin ("place" gin_trgm_ops);
CREATE INDEX ON "alarm" USING gin ("narrative" gin_trgm_ops);
CREATE INDEX ON "alarm" ("case_id");
CREATE INDEX ON "alarm" ("unit_id", "received_at" DESC);
CREATE INDEX ON "alarm" ("received_at" DESC, id);

CREATE TABLE "alarm_dispatch" (
  "id" uuid PRIMARY KEY,
  "alarm_id" uuid NOT NULL REFERENCES "alarm",
  "seq" integer NOT NULL,
  "number" text,
  "unit_id" integer,
  "officer_id" integer,
  "officers_ids" integer[],
  "sent_at" timestamptz(3),
  "acknowledged_at" timestamptz(3),
  "set_out_at" timestamptz(3),
  "arrived_at" timestamptz(3),
  "arrival_source" text,
  "on_scene" boolean,
  "handled_at" timestamptz(3),
  "fed_back_at" timestamptz(3),
  "delay_reported_at" timestamptz(3),
  "delay_reason" text,
  "camera_exempt_at" timestamptz(3),
  "camera_exempt" text
);
CREATE INDEX ON "alarm_dispatch" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "alarm_dispatch" ("alarm_id");
CREATE INDEX ON "alarm_dispatch" ("officer_id");
CREATE INDEX ON "alarm_dispatch" USING gin ("officers_ids");
CREATE INDEX ON "alarm_dispatch" ("sent_at");
