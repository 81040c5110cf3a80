-- PER-17 version 1: 生物信息采集不符合规定
-- Generated from audit-rules/stay/PER-17-samples-2013.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (e."taken_by_id" IS NOT NULL) THEN e."taken_by_id" ELSE s."lead_id" END AS person_id,
  e."taken_at" AS opened_at,
  e."taken_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN e."consented" THEN e."taken_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-17') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."taken_at" IS NULL THEN 6
    WHEN CASE WHEN e."consented" THEN e."taken_at" END <= e."taken_at" THEN 2
    WHEN CASE WHEN e."consented" THEN e."taken_at" END > e."taken_at" THEN 3
    WHEN e."taken_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  JOIN "stay_sample" e ON e."stay_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."taken_at" > end_of(date '2012-12-31')
  AND e."taken_at" <= end_of(date '2025-12-31')
  AND s."role" IN ('victim', 'witness')
