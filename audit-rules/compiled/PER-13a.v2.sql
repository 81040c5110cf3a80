-- PER-13a version 2: 询（讯）问未成年人未见合适成年人到场
-- Generated from audit-rules/stay/PER-13a-adult-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (((e."adult_name" IS NOT NULL) AND e."adult_at" <= e."started_at") OR (e."adult_absence" IS NOT NULL)) THEN e."started_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-13a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN CASE WHEN (((e."adult_name" IS NOT NULL) AND e."adult_at" <= e."started_at") OR (e."adult_absence" IS NOT NULL)) THEN e."started_at" END <= e."started_at" THEN 2
    WHEN CASE WHEN (((e."adult_name" IS NOT NULL) AND e."adult_at" <= e."started_at") OR (e."adult_absence" IS NOT NULL)) THEN e."started_at" END > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  JOIN "stay_interview" e ON e."stay_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2025-12-31')
  AND s."age_class" IN ('under14', 'under16', 'under18')
