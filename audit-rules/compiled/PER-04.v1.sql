-- PER-04 version 1: 询问查证超时
-- Generated from audit-rules/stay/PER-04-inquiry-2012.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '1 hours') AS warn_at,
  LEAST(s."left_at", s."detained_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-04') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."left_at", s."detained_at") < CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END THEN 6
    WHEN LEAST(s."left_at", s."detained_at") <= d.due THEN 2
    WHEN LEAST(s."left_at", s."detained_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT y.due FROM (SELECT CASE WHEN y.pauses IS NULL THEN (CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END + (8 + y.k * 16) * interval '1 hour') ELSE due_paused(CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END, 8 + y.k * 16, 'h', y.pauses, false) END AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= CASE WHEN w.pauses IS NULL THEN (CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END + interval '8 hours') ELSE due_paused(CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END, 8, 'h', w.pauses, false) END THEN 1 ELSE 0 END AS k FROM (SELECT (SELECT range_agg(pause(t1.started_at, t1.ended_at)) FROM "stay_restraint" t1 WHERE t1."stay_id" = s.id) AS pauses, (SELECT array_agg(t2.approved_at ORDER BY t2.approved_at) FROM "stay_extension" t2 WHERE t2."stay_id" = s.id AND ((((t2."hours" = 24) AND s."complex") AND s."detention_possible") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t2."level") >= 1) AND t2.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END > end_of(date '2012-12-31')
  AND CASE WHEN (s."transferred_in_at" IS NOT NULL) THEN s."transferred_in_at" ELSE s."arrived_at" END <= end_of(date '2025-12-31')
  AND ((s."role" = 'offender') AND s."basis" IN ('admin_summons', 'oral_summons', 'coerced_summons', 'brought_in'))
