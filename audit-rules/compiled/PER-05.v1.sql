-- PER-05 version 1: 传唤、拘传超时
-- Generated from audit-rules/stay/PER-05-summons.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '1 hours') AS warn_at,
  LEAST(s."left_at", s."detained_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-05') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."left_at", s."detained_at") < s."arrived_at" THEN 6
    WHEN LEAST(s."left_at", s."detained_at") <= d.due THEN 2
    WHEN LEAST(s."left_at", s."detained_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT y.due FROM (SELECT (s."arrived_at" + (12 + y.k * 12) * interval '1 hour') AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= (s."arrived_at" + interval '12 hours') THEN 1 ELSE 0 END AS k FROM (SELECT NULL::tstzmultirange AS pauses, (SELECT array_agg(t1.approved_at ORDER BY t1.approved_at) FROM "stay_extension" t1 WHERE t1."stay_id" = s.id AND ((((t1."hours" = 24) AND s."complex") AND s."detention_possible") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t1."level") >= CASE WHEN (s."basis" = 'detained_summons') THEN 4 ELSE 1 END) AND t1.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2012-12-31')
  AND ((s."role" = 'suspect') AND s."basis" IN ('criminal_summons', 'detained_summons', 'oral_summons', 'brought_in'))
