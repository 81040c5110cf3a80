CREATE TABLE "shift" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "officer_id" integer,
  "unit_id" integer,
  "kind" text,
  "device" text,
  "planned_start" timestamptz(3),
  "planned_end" timestamptz(3),
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "fault_reported_at" timestamptz(3)
);
CREATE UNIQUE INDEX ON "shift" ("number");
CREATE INDEX ON "shift" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "shift" USING gin ("device" gin_trgm_ops);
CREATE INDEX ON "shift" ("unit_id", "planned_start" DESC);
CREATE INDEX ON "shift" ("planned_start" DESC, id);
CREATE INDEX ON "shift" ("officer_id");
CREATE INDEX ON "shift" ("started_at");

CREATE TABLE "shift_online" (
  "id" uuid PRIMARY KEY,
  "shift_id" uuid NOT NULL REFERENCES "shift",
  "seq" integer NOT NULL,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3)
);
CREATE INDEX ON "shift_online" ("shift_id");

CREATE TABLE "shift_exemption" (
  "id" uuid PRIMARY KEY,
  "shift_id" uuid NOT NULL REFERENCES "shift",
  "seq" integer NOT NULL,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "code" text
);
CREATE INDEX ON "shift_exemption" ("shift_id");
