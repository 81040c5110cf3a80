-- Row-level security: what a request may see at all (printed by server/subjects/walls.ts).
-- `mingjing.units` is set by the unit of work alone: '*' for all, '{16,17}' for some; unset shows nothing.
CREATE FUNCTION sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(current_setting('mingjing.units', true) = '*', false) $$;
CREATE FUNCTION my_units() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN current_setting('mingjing.units', true) LIKE '{%}' THEN current_setting('mingjing.units', true)::int[] END $$;
CREATE FUNCTION me() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('mingjing.person', true), '')::int $$;

CREATE FUNCTION reached_alarms() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT "alarm_id" FROM "alarm_dispatch" WHERE "unit_id" = ANY (my_units())
    UNION ALL SELECT "alarm_id" FROM "alarm_dispatch" WHERE "officer_id" = me()
    UNION ALL SELECT "alarm_id" FROM "alarm_dispatch" WHERE "officers_ids" @> ARRAY[me()] $$;
CREATE INDEX ON "alarm_dispatch" ("unit_id");
ALTER TABLE "alarm" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "alarm" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "alarm" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR id IN (SELECT reached_alarms()));
CREATE POLICY app_adds ON "alarm" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "alarm" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR id IN (SELECT reached_alarms())) WITH CHECK (true);
ALTER TABLE "alarm_dispatch" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "alarm_dispatch" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "alarm_dispatch" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "alarm_id" IN (SELECT s.id FROM "alarm" s));
CREATE POLICY app_adds ON "alarm_dispatch" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "alarm_dispatch" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "alarm_id" IN (SELECT s.id FROM "alarm" s)) WITH CHECK (true);

ALTER TABLE "case" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "lead_id" = (SELECT me())
    OR "co_officers_ids" @> ARRAY[(SELECT me())]);
CREATE POLICY app_adds ON "case" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "lead_id" = (SELECT me())
    OR "co_officers_ids" @> ARRAY[(SELECT me())]) WITH CHECK (true);
ALTER TABLE "case_act" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_act" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_act" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_act" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_act" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_measure" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_measure" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_measure" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_measure" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_measure" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_party" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_party" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_party" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_party" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_party" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_extension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_extension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_extension" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_extension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_extension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);
ALTER TABLE "case_suspension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "case_suspension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "case_suspension" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s));
CREATE POLICY app_adds ON "case_suspension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "case_suspension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "case_id" IN (SELECT s.id FROM "case" s)) WITH CHECK (true);

ALTER TABLE "item" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "item" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "item" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "taken_by_id" = (SELECT me()));
CREATE POLICY app_adds ON "item" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "item" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "taken_by_id" = (SELECT me())) WITH CHECK (true);
ALTER TABLE "item_movement" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "item_movement" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "item_movement" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s));
CREATE POLICY app_adds ON "item_movement" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "item_movement" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s)) WITH CHECK (true);
ALTER TABLE "item_extension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "item_extension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "item_extension" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s));
CREATE POLICY app_adds ON "item_extension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "item_extension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s)) WITH CHECK (true);
ALTER TABLE "item_suspension" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "item_suspension" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "item_suspension" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s));
CREATE POLICY app_adds ON "item_suspension" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "item_suspension" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "item_id" IN (SELECT s.id FROM "item" s)) WITH CHECK (true);

ALTER TABLE "shift" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "shift" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "shift" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me()));
CREATE POLICY app_adds ON "shift" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "shift" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me())) WITH CHECK (true);
ALTER TABLE "shift_online" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "shift_online" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "shift_online" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "shift_id" IN (SELECT s.id FROM "shift" s));
CREATE POLICY app_adds ON "shift_online" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "shift_online" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "shift_id" IN (SELECT s.id FROM "shift" s)) WITH CHECK (true);
ALTER TABLE "shift_exemption" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "shift_exemption" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "shift_exemption" FOR SELECT TO mingjing_app USING ((SELECT sees_all()) OR "shift_id" IN (SELECT s.id FROM "shift" s));
CREATE POLICY app_adds ON "shift_exemption" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "shift_exemption" FOR UPDATE TO mingjing_app USING ((SELECT sees_all()) OR "shift_id" IN (SELECT s.id FROM "shift" s)) WITH CHECK (true);

ALTER TABLE "recording" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "recording" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "recording" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "wearer_id" = (SELECT me()));
CREATE POLICY app_adds ON "recording" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "recording" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "wearer_id" = (SELECT me())) WITH CHECK (true);

ALTER TABLE "finding" ENABLE ROW LEVEL SECURITY;
CREATE POLICY engine ON "finding" TO mingjing_engine USING (true) WITH CHECK (true);
CREATE POLICY app_reads ON "finding" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "person_id" = (SELECT me())
    OR "reviewer_id" = (SELECT me()));
CREATE POLICY app_adds ON "finding" FOR INSERT TO mingjing_app WITH CHECK (true);
CREATE POLICY app_changes ON "finding" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "person_id" = (SELECT me())
    OR "reviewer_id" = (SELECT me())) WITH CHECK (true);
