-- LIC-02b version 1: 不予许可未说明理由或者未告知救济途径
-- Generated from audit-rules/licence/LIC-02b-refusal.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."approver_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."reasons_given" AND s."remedies_told") THEN s."decided_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-02b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN CASE WHEN (s."reasons_given" AND s."remedies_told") THEN s."decided_at" END <= s."decided_at" THEN 2
    WHEN CASE WHEN (s."reasons_given" AND s."remedies_told") THEN s."decided_at" END > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2004-06-30')
  AND (s."decision" = 'refused')
