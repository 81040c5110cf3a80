-- LIC-04a version 1: 受理、审批、监管未分离
-- Generated from audit-rules/licence/LIC-04a-separate.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."approver_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-04a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN m.at <= s."decided_at" THEN 2
    WHEN m.at > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (((s."approver_id" IS NOT NULL) AND (s."approver_id" IS DISTINCT FROM s."acceptor_id")) AND ((SELECT count(*) FROM person t1 WHERE t1.id = ANY(s."inspectors_ids") AND ((t1.id IS NOT DISTINCT FROM s."approver_id") OR (t1.id IS NOT DISTINCT FROM s."acceptor_id"))) = 0)) THEN s."decided_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2004-06-30')
