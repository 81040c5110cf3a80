-- ALM-01 version 1: 警情登记要素不全
-- Generated from audit-rules/alarm/ALM-01-register.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."received_by_id" AS person_id,
  s."received_at" AS opened_at,
  s."received_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (((((s."channel" IS NOT NULL) AND (s."intake_category" IS NOT NULL)) AND ((s."topic" IS NOT NULL) OR (s."narrative" IS NOT NULL))) AND ((s."caller" IS NOT NULL) OR (s."caller_unknown" IS NOT NULL))) AND ((s."place" IS NOT NULL) OR (s."place_unknown" IS NOT NULL))) THEN s."received_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-01') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."received_at" IS NULL THEN 6
    WHEN CASE WHEN (((((s."channel" IS NOT NULL) AND (s."intake_category" IS NOT NULL)) AND ((s."topic" IS NOT NULL) OR (s."narrative" IS NOT NULL))) AND ((s."caller" IS NOT NULL) OR (s."caller_unknown" IS NOT NULL))) AND ((s."place" IS NOT NULL) OR (s."place_unknown" IS NOT NULL))) THEN s."received_at" END <= s."received_at" THEN 2
    WHEN CASE WHEN (((((s."channel" IS NOT NULL) AND (s."intake_category" IS NOT NULL)) AND ((s."topic" IS NOT NULL) OR (s."narrative" IS NOT NULL))) AND ((s."caller" IS NOT NULL) OR (s."caller_unknown" IS NOT NULL))) AND ((s."place" IS NOT NULL) OR (s."place_unknown" IS NOT NULL))) THEN s."received_at" END > s."received_at" THEN 3
    WHEN s."received_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "alarm" s
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2003-12-31')
