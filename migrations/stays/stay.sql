CREATE TABLE "stay" (
  "id" uuid PRIMARY KEY,
  "version" integer NOT NULL,
  "created_at" timestamptz(3) NOT NULL,
  "updated_at" timestamptz(3) NOT NULL,
  "source_row" jsonb,
  "number" text,
  "name" text,
  "identity" text,
  "gender" text,
  "age_class" text,
  "pregnant_or_nursing" boolean,
  "role" text,
  "case_id" uuid,
  "cause" text,
  "unit_id" integer,
  "lead_id" integer,
  "co_officers_ids" integer[],
  "clerk_id" integer,
  "area" text,
  "reception" boolean,
  "basis" text,
  "summons_number" text,
  "summons_approved_at" timestamptz(3),
  "summons_level" text,
  "oral_noted" boolean,
  "credential_shown" boolean,
  "many_persons" boolean,
  "identity_unknown" boolean,
  "complex" boolean,
  "detention_possible" boolean,
  "major_crime" boolean,
  "drunk" boolean,
  "restraint_not_needed" text,
  "arrived_at" timestamptz(3),
  "transferred_in_at" timestamptz(3),
  "entered_at" timestamptz(3),
  "searched_at" timestamptz(3),
  "searcher_id" integer,
  "searcher_gender" text,
  "information_at" timestamptz(3),
  "family_told_at" timestamptz(3),
  "family_told_how" text,
  "family_noted_at" timestamptz(3),
  "family_not_told" text,
  "waiting_room" text,
  "waiting_from" timestamptz(3),
  "waiting_until" timestamptz(3),
  "detained_at" timestamptz(3),
  "checked_at" timestamptz(3),
  "check_result" text,
  "left_at" timestamptz(3),
  "destination" text
);
CREATE UNIQUE INDEX ON "stay" ("number");
CREATE INDEX ON "stay" USING gin ("number" gin_trgm_ops);
CREATE INDEX ON "stay" USING gin ("name" gin_trgm_ops);
CREATE INDEX ON "stay" ("case_id");
CREATE INDEX ON "stay" USING gin ("cause" gin_trgm_ops);
CREATE INDEX ON "stay" USING gin ("summons_number" gin_trgm_ops);
CREATE INDEX ON "stay" USING gin ("waiting_room" gin_trgm_ops);
CREATE INDEX ON "stay" ("unit_id", "arrived_at" DESC);
CREATE INDEX ON "stay" ("arrived_at" DESC, id);
CREATE INDEX ON "stay" ("lead_id");
CREATE INDEX ON "stay" USING gin ("co_officers_ids");
CREATE INDEX ON "stay" ("waiting_from");
CREATE INDEX ON "stay" ("waiting_room", "waiting_from");
-- one person's other stays
CREATE INDEX ON "stay" ("identity", "arrived_at");

CREATE TABLE "stay_interview" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "kind" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "officers_ids" integer[],
  "place_kind" text,
  "place_reason" text,
  "room" text,
  "recorder" text,
  "recorded" boolean,
  "adult_name" text,
  "adult_role" text,
  "adult_at" timestamptz(3),
  "adult_absence" text,
  "female_officer" boolean
);
CREATE INDEX ON "stay_interview" ("stay_id");
CREATE INDEX ON "stay_interview" USING gin ("officers_ids");
CREATE INDEX ON "stay_interview" ("started_at");
-- both ends of the files of a room
CREATE INDEX ON "stay_interview" ("recorder", "started_at");
CREATE INDEX ON "recording" ("device", "started_at");

CREATE TABLE "stay_leave" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "reason" text,
  "approved_at" timestamptz(3),
  "level" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "escorts_ids" integer[]
);
CREATE INDEX ON "stay_leave" ("stay_id");

CREATE TABLE "stay_extension" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "hours" bigint,
  "approved_at" timestamptz(3),
  "level" text,
  "number" text,
  "reason" text
);
CREATE INDEX ON "stay_extension" ("stay_id");

CREATE TABLE "stay_restraint" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "watcher_id" integer,
  "sober_at" timestamptz(3)
);
CREATE INDEX ON "stay_restraint" ("stay_id");

CREATE TABLE "stay_care" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "kind" text,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3),
  "declined" boolean
);
CREATE INDEX ON "stay_care" ("stay_id");

CREATE TABLE "stay_watch" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "watcher_id" integer,
  "started_at" timestamptz(3),
  "ended_at" timestamptz(3)
);
CREATE INDEX ON "stay_watch" ("stay_id");

CREATE TABLE "stay_sample" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "kind" text,
  "taken_at" timestamptz(3),
  "approved_at" timestamptz(3),
  "level" text,
  "consented" boolean,
  "taken_by_id" integer
);
CREATE INDEX ON "stay_sample" ("stay_id");

CREATE TABLE "stay_belonging" (
  "id" uuid PRIMARY KEY,
  "stay_id" uuid NOT NULL REFERENCES "stay",
  "seq" integer NOT NULL,
  "description" text,
  "listed_at" timestamptz(3),
  "signed" boolean,
  "keeper_id" integer,
  "daily" boolean,
  "converted_at" timestamptz(3),
  "returned_at" timestamptz(3),
  "receiver" text
);
CREATE INDEX ON "stay_belonging" ("stay_id");

-- Row-level security (printed by server/subjects/walls.ts).
CREATE FUNCTION own_stays(person int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT "stay_id" FROM "stay_interview" WHERE "officers_ids" @> ARRAY[person] $$;
ALTER TABLE "stay" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "lead_id" = (SELECT me())
    OR "co_officers_ids" @> ARRAY[(SELECT me())]
    OR id IN (SELECT own_stays((SELECT me()))));
CREATE POLICY app_adds ON "stay" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "lead_id" = (SELECT me())
    OR "co_officers_ids" @> ARRAY[(SELECT me())]
    OR id IN (SELECT own_stays((SELECT me())))) WITH CHECK (true);
ALTER TABLE "stay_interview" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_interview" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_interview" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "officers_ids" @> ARRAY[(SELECT me())]
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_interview" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_interview" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "officers_ids" @> ARRAY[(SELECT me())]
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_leave" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_leave" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_leave" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_leave" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_leave" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_extension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_extension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_extension" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_extension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_extension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_restraint" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_restraint" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_restraint" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_restraint" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_restraint" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_care" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_care" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_care" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_care" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_care" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_watch" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_watch" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_watch" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_watch" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_watch" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_sample" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_sample" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_sample" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_sample" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_sample" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
ALTER TABLE "stay_belonging" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "stay_belonging" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "stay_belonging" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s));
CREATE POLICY app_adds ON "stay_belonging" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "stay_belonging" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "stay_id" IN (SELECT s.id FROM "stay" s)) WITH CHECK (true);
