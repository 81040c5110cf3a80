-- CAS-28d version 1: 刑事立案先立案后审批
-- Generated from audit-rules/case/CAS-28d-filing-approved.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."filed_at" AS opened_at,
  s."filed_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN s."filing_approved_at" <= s."filed_at" THEN s."filed_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-28d') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."filed_at" IS NULL THEN 6
    WHEN CASE WHEN s."filing_approved_at" <= s."filed_at" THEN s."filed_at" END <= s."filed_at" THEN 2
    WHEN CASE WHEN s."filing_approved_at" <= s."filed_at" THEN s."filed_at" END > s."filed_at" THEN 3
    WHEN s."filed_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
WHERE s.id = ANY($1::uuid[])
  AND s."filed_at" > end_of(date '2012-12-31')
  AND (s."kind" = 'criminal')
