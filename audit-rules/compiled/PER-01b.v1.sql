-- PER-01b version 1: 未经批准带出办案区
-- Generated from audit-rules/stay/PER-01b-leave.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN ((((e."reason" IS NOT NULL) AND (e."reason" IS DISTINCT FROM 'other')) AND e."approved_at" <= e."started_at") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 1) THEN e."started_at" END AS met_at,
  (CASE WHEN ((e."reason" = 'hospital') IS TRUE) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-01b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN CASE WHEN ((((e."reason" IS NOT NULL) AND (e."reason" IS DISTINCT FROM 'other')) AND e."approved_at" <= e."started_at") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 1) THEN e."started_at" END <= e."started_at" THEN 2
    WHEN CASE WHEN ((((e."reason" IS NOT NULL) AND (e."reason" IS DISTINCT FROM 'other')) AND e."approved_at" <= e."started_at") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 1) THEN e."started_at" END > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  JOIN "stay_leave" e ON e."stay_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND s."role" IN ('offender', 'suspect')
