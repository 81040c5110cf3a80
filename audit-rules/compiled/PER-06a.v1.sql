-- PER-06a version 1: 继续盘问超时
-- Generated from audit-rules/stay/PER-06a-continued.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '1 hours') AS warn_at,
  LEAST(s."left_at", s."detained_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-06a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."left_at", s."detained_at") < s."arrived_at" THEN 6
    WHEN LEAST(s."left_at", s."detained_at") <= d.due THEN 2
    WHEN LEAST(s."left_at", s."detained_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."pregnant_or_nursing" OR s."age_class" IN ('under14', 'under16', 'over70')) THEN (s."arrived_at" + interval '4 hours') ELSE CASE WHEN EXISTS (SELECT FROM "stay_extension" t1 WHERE t1."stay_id" = s.id AND (((t1."hours" = 24) AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t1."level") >= 3) AND t1."approved_at" <= (s."arrived_at" + interval '12 hours'))) THEN CASE WHEN EXISTS (SELECT FROM "stay_extension" t2 WHERE t2."stay_id" = s.id AND (((t2."hours" = 48) AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t2."level") >= 4) AND t2."approved_at" <= (s."arrived_at" + interval '24 hours'))) THEN (s."arrived_at" + interval '48 hours') ELSE (s."arrived_at" + interval '24 hours') END ELSE (s."arrived_at" + interval '12 hours') END END AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2004-09-30')
  AND (s."basis" = 'continued_questioning')
