-- CAS-28e version 1: 不予立案通知书送达早于决定
-- Generated from audit-rules/case/CAS-28e-served-before-decided.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."refusal_served_at" AS opened_at,
  s."refusal_served_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN s."refused_at" <= s."refusal_served_at" THEN s."refusal_served_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-28e') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."refusal_served_at" IS NULL THEN 6
    WHEN CASE WHEN s."refused_at" <= s."refusal_served_at" THEN s."refusal_served_at" END <= s."refusal_served_at" THEN 2
    WHEN CASE WHEN s."refused_at" <= s."refusal_served_at" THEN s."refusal_served_at" END > s."refusal_served_at" THEN 3
    WHEN s."refusal_served_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
WHERE s.id = ANY($1::uuid[])
  AND s."refusal_served_at" > end_of(date '2012-12-31')
  AND ((s."kind" = 'criminal') AND (s."refused_at" IS NOT NULL))
