-- LIC-03b version 1: 延续申请未在届满前决定
-- Generated from audit-rules/licence/LIC-03b-renewal.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."approver_id" AS person_id,
  s."received_at" AS opened_at,
  s."old_ends_at" AS due_at,
  (s."old_ends_at" - interval '120 hours') AS warn_at,
  LEAST(s."decided_at", s."refused_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-03b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."old_ends_at" IS NULL THEN 6
    WHEN LEAST(s."decided_at", s."refused_at") <= s."old_ends_at" THEN 2
    WHEN LEAST(s."decided_at", s."refused_at") > s."old_ends_at" THEN 3
    WHEN s."old_ends_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2004-06-30')
  AND s."received_at" <= end_of(local_day(s."old_ends_at") - nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'LIC-03b' AND p.name = 'ahead' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)
