CREATE TABLE "case" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "kind" text,
  "cause" text,
  "unit_id" integer,
  "lead_id" integer,
  "co_officers_ids" integer[],
  "station_case" boolean,
  "suspect_known" boolean,
  "injury" boolean,
  "enterprise" boolean,
  "enterprise_name" text,
  "summary" text,
  "reported_at" timestamptz(3),
  "complex" boolean,
  "clue_to_check" boolean,
  "major_complex" boolean,
  "long_review_approved_at" timestamptz(3),
  "long_review_level" text,
  "accepted_at" timestamptz(3),
  "acceptance_number" text,
  "receipt_at" timestamptz(3),
  "filed_at" timestamptz(3),
  "filing_number" text,
  "filing_approved_at" timestamptz(3),
  "refused_at" timestamptz(3),
  "refuse_reason" text,
  "refusal_served_at" timestamptz(3),
  "transferred_at" timestamptz(3),
  "merged_at" timestamptz(3),
  "on_spot_at" timestamptz(3),
  "victim_told_at" timestamptz(3),
  "legal_reviewed_at" timestamptz(3),
  "legal_review" text,
  "notice_at" timestamptz(3),
  "hearing_at" timestamptz(3),
  "decided_at" timestamptz(3),
  "decision" text,
  "fine" numeric(16,2),
  "served_at" timestamptz(3),
  "closed_at" timestamptz(3),
  "closure" text
);
CREATE UNIQUE INDEX ON "case" ("number");
CREATE INDEX ON "case" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "case" USING gin ("cause" gin_trgm_ops);
CREATE INDEX ON "case" USING gin ("enterprise_name" gin_trgm_ops);
CREATE INDEX ON "case" USING gin ("acceptance_number" gin_trgm_ops);
CREATE INDEX ON "case" USING gin ("filing_number" gin_trgm_ops);
CREATE INDEX ON "case" ("unit_id", "reported_at" DESC);
CREATE INDEX ON "case" ("reported_at" DESC, id);
CREATE INDEX ON "case" ("lead_id");
CREATE INDEX ON "case" USING gin ("co_officers_ids");

CREATE TABLE "case_act" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "kind" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "officers_ids" integer[],
  "place" text,
  "in_area" boolean,
  "recorded" boolean,
  "approved_at" timestamptz(3),
  "subject_name" text
);
CREATE INDEX ON "case_act" ("case_id");
CREATE INDEX ON "case_act" ("started_at");

CREATE TABLE "case_measure" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "kind" text,
  "approved_at" timestamptz(3),
  "approval_recorded_at" timestamptz(3),
  "level" text,
  "number" text,
  "started_at" timestamptz(3),
  "due_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "handed_over_at" timestamptz(3),
  "family_told_at" timestamptz(3),
  "interrogated_at" timestamptz(3),
  "urgent" boolean,
  "subject_name" text
);
CREATE INDEX ON "case_measure" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "case_measure" ("case_id");

CREATE TABLE "case_party" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "role" text,
  "name" text,
  "identity" text,
  "age_class" text,
  "added_at" timestamptz(3)
);
CREATE INDEX ON "case_party" USING gin ("name" gin_trgm_ops);
CREATE INDEX ON "case_party" ("case_id");

CREATE TABLE "case_extension" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "of" text,
  "approved_at" timestamptz(3),
  "level" text,
  "days" bigint,
  "reason" text,
  "number" text
);
CREATE INDEX ON "case_extension" ("case_id");

CREATE TABLE "case_suspension" (
  "id" uuid PRIMARY KEY,
  "case_id" uuid NOT NULL REFERENCES "case",
  "seq" integer NOT NULL,
  "reason" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "number" text
);
CREATE INDEX ON "case_suspension" ("case_id");
