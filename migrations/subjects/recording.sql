CREATE TABLE "recording" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "source" text,
  "device" text,
  "wearer_id" integer,
  "unit_id" integer,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "returned_at" timestamptz(3),
  "uploaded_at" timestamptz(3),
  "sha256" text,
  "size" bigint,
  "retention" text,
  "intact" boolean,
  "away_reported" boolean,
  "locked_at" timestamptz(3),
  "deleted_at" timestamptz(3)
);
CREATE UNIQUE INDEX ON "recording" ("number");
CREATE INDEX ON "recording" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "recording" USING gin ("device" gin_trgm_ops);
CREATE INDEX ON "recording" ("unit_id", "started_at" DESC);
CREATE INDEX ON "recording" ("started_at" DESC, id);
CREATE INDEX ON "recording" ("wearer_id");
CREATE INDEX ON "recording" ("wearer_id", "started_at");
