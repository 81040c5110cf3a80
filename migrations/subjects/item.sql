CREATE TABLE "item" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "case_id" uuid,
  "alarm_id" uuid,
  "unit_id" integer,
  "how" text,
  "kind" text,
  "name" text,
  "features" text,
  "quantity" double precision,
  "measure" text,
  "value" numeric(16,2),
  "holder" text,
  "taken_by_id" integer,
  "taken_at" timestamptz(3),
  "administrative" boolean,
  "in_place" boolean,
  "remote" boolean,
  "returned_to_unit_at" timestamptz(3),
  "approved_at" timestamptz(3),
  "listed_at" timestamptz(3),
  "list_number" text,
  "list_copies" bigint,
  "signed_by_holder" boolean,
  "holder_refused" boolean,
  "witness" text,
  "test_until" timestamptz(3),
  "test_approved_at" timestamptz(3),
  "handed_over_at" timestamptz(3),
  "custodian_id" integer,
  "storeroom" text,
  "shelf" text,
  "term_at" timestamptz(3),
  "decided_at" timestamptz(3),
  "disposition" text,
  "disposed_at" timestamptz(3)
);
CREATE UNIQUE INDEX ON "item" ("number");
CREATE INDEX ON "item" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "item" ("case_id");
CREATE INDEX ON "item" ("alarm_id");
CREATE INDEX ON "item" USING gin ("name" gin_trgm_ops);
CREATE INDEX ON "item" USING gin ("list_number" gin_trgm_ops);
CREATE INDEX ON "item" ("unit_id", "taken_at" DESC);
CREATE INDEX ON "item" ("taken_at" DESC, id);
CREATE INDEX ON "item" ("taken_by_id");

CREATE TABLE "item_movement" (
  "id" uuid PRIMARY KEY,
  "item_id" uuid NOT NULL REFERENCES "item",
  "seq" integer NOT NULL,
  "kind" text,
  "quantity" double precision,
  "moved_at" timestamptz(3),
  "by_id" integer,
  "receiver_id" integer,
  "due_back_at" timestamptz(3),
  "note" text
);
CREATE INDEX ON "item_movement" ("item_id");

CREATE TABLE "item_extension" (
  "id" uuid PRIMARY KEY,
  "item_id" uuid NOT NULL REFERENCES "item",
  "seq" integer NOT NULL,
  "approved_at" timestamptz(3),
  "level" text,
  "days" bigint,
  "number" text
);
CREATE INDEX ON "item_extension" ("item_id");

CREATE TABLE "item_suspension" (
  "id" uuid PRIMARY KEY,
  "item_id" uuid NOT NULL REFERENCES "item",
  "seq" integer NOT NULL,
  "reason" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3)
);
CREATE INDEX ON "item_suspension" ("item_id");
