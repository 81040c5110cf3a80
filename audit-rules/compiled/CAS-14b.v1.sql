-- CAS-14b version 1: 重大案件未经集体讨论
-- Generated from audit-rules/case/CAS-14b-discussed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN s."discussed_at" <= s."decided_at" THEN s."decided_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-14b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN CASE WHEN s."discussed_at" <= s."decided_at" THEN s."decided_at" END <= s."decided_at" THEN 2
    WHEN CASE WHEN s."discussed_at" <= s."decided_at" THEN s."decided_at" END > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2025-12-31')
  AND (((s."kind" = 'public_order') AND s."grave_offence") AND s."decision" IN ('warning', 'fine', 'detention', 'revocation', 'closure'))
