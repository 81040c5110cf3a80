-- PER-12 version 1: 拘留（逮捕）后首次讯问超时
-- Generated from audit-rules/case/PER-12-first-interrogation.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  (e."started_at" + interval '24 hours') AS due_at,
  ((e."started_at" + interval '24 hours') - interval '4 hours') AS warn_at,
  LEAST(e."interrogated_at", e."ended_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-12') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (e."started_at" + interval '24 hours') IS NULL THEN 6
    WHEN LEAST(e."interrogated_at", e."ended_at") < e."started_at" THEN 6
    WHEN LEAST(e."interrogated_at", e."ended_at") <= (e."started_at" + interval '24 hours') THEN 2
    WHEN LEAST(e."interrogated_at", e."ended_at") > (e."started_at" + interval '24 hours') THEN 3
    WHEN (e."started_at" + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND e."kind" IN ('detention', 'arrest')
