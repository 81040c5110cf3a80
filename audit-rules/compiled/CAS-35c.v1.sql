-- CAS-35c version 1: 取保候审未经法制审核
-- Generated from audit-rules/case/CAS-35c-bail-review.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN ((e."review" = 'agreed') AND e."reviewed_at" <= CASE WHEN (e."approved_at" IS NOT NULL) THEN e."approved_at" ELSE e."started_at" END) THEN e."started_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-35c') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN CASE WHEN ((e."review" = 'agreed') AND e."reviewed_at" <= CASE WHEN (e."approved_at" IS NOT NULL) THEN e."approved_at" ELSE e."started_at" END) THEN e."started_at" END <= e."started_at" THEN 2
    WHEN CASE WHEN ((e."review" = 'agreed') AND e."reviewed_at" <= CASE WHEN (e."approved_at" IS NOT NULL) THEN e."approved_at" ELSE e."started_at" END) THEN e."started_at" END > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2015-12-31')
  AND (e."kind" = 'bail')
