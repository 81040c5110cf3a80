-- CAS-18a version 2: 不符合条件当场收缴罚款
-- Generated from audit-rules/case/CAS-18a-cash-allowed-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."cash_at" AS opened_at,
  s."cash_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-18a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."cash_at" IS NULL THEN 6
    WHEN m.at <= s."cash_at" THEN 2
    WHEN m.at > s."cash_at" THEN 3
    WHEN s."cash_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."cash_ground" IN ('remote', 'no_abode') OR ((s."cash_ground" = 'small') AND s."fine" <= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-18a' AND p.name = 'cap' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."cash_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."cash_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1))) THEN s."cash_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."cash_at" > end_of(date '2025-12-31')
  AND (s."kind" = 'public_order')
