-- Units that take part in an alarm without answering for it, kept beside the row: the first wall of alarms looked through
-- all dispatches of a unit at every question.
DROP POLICY app_reads ON "alarm";
DROP POLICY app_changes ON "alarm";
DROP POLICY app_reads ON "alarm_dispatch";
DROP POLICY app_changes ON "alarm_dispatch";
DROP FUNCTION reached_alarms();

ALTER TABLE "alarm" ADD COLUMN also_units int[];
CREATE INDEX ON "alarm" USING gin (also_units) WHERE also_units IS NOT NULL;
CREATE FUNCTION alarm_also_units(ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE "alarm" s SET also_units = x.units
    FROM (SELECT a.id, array_agg(DISTINCT d.unit) FILTER (WHERE d.unit <> a."unit_id") AS units
            FROM "alarm" a LEFT JOIN LATERAL (SELECT g.unit FROM (SELECT "alarm_id" AS id, "unit_id" AS unit FROM "alarm_dispatch") g WHERE g.id = a.id) d ON true WHERE a.id = ANY (ids) GROUP BY a.id) x
   WHERE s.id = x.id AND s.also_units IS DISTINCT FROM x.units $$;
REVOKE EXECUTE ON FUNCTION alarm_also_units(uuid[]) FROM PUBLIC;
CREATE FUNCTION alarm_dispatch_also_units_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM alarm_also_units(ARRAY(SELECT DISTINCT "alarm_id" FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_added AFTER INSERT ON "alarm_dispatch" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION alarm_dispatch_also_units_added();
CREATE FUNCTION alarm_dispatch_also_units_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  ids uuid[] := ARRAY(SELECT DISTINCT c."alarm_id" FROM changed c JOIN gone g ON g.id = c.id WHERE c."unit_id" IS DISTINCT FROM g."unit_id");
BEGIN
  IF cardinality(ids) > 0 THEN PERFORM alarm_also_units(ids); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_changed AFTER UPDATE ON "alarm_dispatch" REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION alarm_dispatch_also_units_changed();
CREATE FUNCTION alarm_also_units_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM alarm_also_units(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER also_units_moved AFTER UPDATE ON "alarm" FOR EACH ROW WHEN (OLD."unit_id" IS DISTINCT FROM NEW."unit_id") EXECUTE FUNCTION alarm_also_units_moved();
CREATE FUNCTION own_alarms(person int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT "alarm_id" FROM "alarm_dispatch" WHERE "officer_id" = person
    UNION ALL SELECT "alarm_id" FROM "alarm_dispatch" WHERE "officers_ids" @> ARRAY[person] $$;
CREATE POLICY app_reads ON "alarm" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR also_units && (SELECT my_units())::int[]
    OR id IN (SELECT own_alarms((SELECT me()))));
CREATE POLICY app_changes ON "alarm" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR also_units && (SELECT my_units())::int[]
    OR id IN (SELECT own_alarms((SELECT me())))) WITH CHECK (true);
CREATE POLICY app_reads ON "alarm_dispatch" FOR SELECT TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me())
    OR "officers_ids" @> ARRAY[(SELECT me())]
    OR "alarm_id" IN (SELECT s.id FROM "alarm" s));
CREATE POLICY app_changes ON "alarm_dispatch" FOR UPDATE TO mingjing_app USING ((SELECT sees_all())
    OR "unit_id" = ANY ((SELECT my_units())::int[])
    OR "officer_id" = (SELECT me())
    OR "officers_ids" @> ARRAY[(SELECT me())]
    OR "alarm_id" IN (SELECT s.id FROM "alarm" s)) WITH CHECK (true);

SELECT alarm_also_units(ARRAY(SELECT id FROM "alarm"));
