-- CAS-14a version 1: 处罚决定前未经法制审核
-- Generated from audit-rules/case/CAS-14a-legal-review.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-14a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN m.at <= s."decided_at" THEN 2
    WHEN m.at > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  LEFT JOIN "person" t1 ON t1.id = s."legal_reviewer_id"
  CROSS JOIN LATERAL (SELECT CASE WHEN (((((s."legal_review" = 'agreed') AND s."legal_reviewed_at" <= s."decided_at") AND (t1.kind = 'police' AND t1.qualification <> 'none')) AND (s."legal_reviewer_id" IS DISTINCT FROM s."lead_id")) AND (NOT EXISTS (SELECT FROM person t2 WHERE t2.id = ANY(s."co_officers_ids") AND (t2.id IS NOT DISTINCT FROM s."legal_reviewer_id")))) THEN s."decided_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2025-12-31')
  AND (((s."kind" = 'public_order') AND s."decision" IN ('warning', 'fine', 'detention', 'revocation', 'closure')) AND ((s."public_interest" OR s."intricate") OR (s."hearing_at" IS NOT NULL)))
