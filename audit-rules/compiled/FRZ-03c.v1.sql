-- FRZ-03c version 1: 划转冻结财产缺少依据
-- Generated from audit-rules/freeze/FRZ-03c-deduct.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."deducted_at" AS opened_at,
  s."deducted_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN ((s."deducted_for" = 'judgment') OR ((s."deducted_for" = 'refund') AND s."refund_decided_at" <= s."deducted_at")) THEN s."deducted_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-03c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."deducted_at" IS NULL THEN 6
    WHEN CASE WHEN ((s."deducted_for" = 'judgment') OR ((s."deducted_for" = 'refund') AND s."refund_decided_at" <= s."deducted_at")) THEN s."deducted_at" END <= s."deducted_at" THEN 2
    WHEN CASE WHEN ((s."deducted_for" = 'judgment') OR ((s."deducted_for" = 'refund') AND s."refund_decided_at" <= s."deducted_at")) THEN s."deducted_at" END > s."deducted_at" THEN 3
    WHEN s."deducted_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "freeze" s
WHERE s.id = ANY($1::uuid[])
  AND s."deducted_at" > end_of(date '2012-12-31')
