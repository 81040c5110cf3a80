-- PER-17 version 2: 生物信息采集不符合规定
-- Generated from audit-rules/stay/PER-17-samples-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (e."taken_by_id" IS NOT NULL) THEN e."taken_by_id" ELSE s."lead_id" END AS person_id,
  e."taken_at" AS opened_at,
  e."taken_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-17') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."taken_at" IS NULL THEN 6
    WHEN m.at <= e."taken_at" THEN 2
    WHEN m.at > e."taken_at" THEN 3
    WHEN e."taken_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  JOIN "stay_sample" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (((e."approved_at" <= e."taken_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 1) AND ((s."role" = 'offender') OR e."consented")) AND NOT EXISTS (SELECT FROM "stay_sample" t1 WHERE t1."stay_id" = s.id AND NOT (((t1.id IS NOT DISTINCT FROM e.id) OR (t1."kind" IS DISTINCT FROM e."kind")) OR ((t1."taken_at" >= e."taken_at") IS TRUE)))) THEN e."taken_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."taken_at" > end_of(date '2025-12-31')
  AND s."role" IN ('offender', 'victim', 'witness')
