-- CAS-32b version 1: 罚款逾期未缴且无处置
-- Generated from audit-rules/case/CAS-32b-fine-pressed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."served_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '72 hours') AS warn_at,
  LEAST(s."fine_paid_at", s."cash_at", s."fine_pressed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-32b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN LEAST(s."fine_paid_at", s."cash_at", s."fine_pressed_at") <= b.at THEN 2
    WHEN LEAST(s."fine_paid_at", s."cash_at", s."fine_pressed_at") > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT end_of(local_day(end_of(local_day(s."served_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-32b' AND p.name = 'pay' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."served_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."served_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-32b' AND p.name = 'press' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."served_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."served_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."served_at" > end_of(date '2012-12-31')
  AND (((s."kind" IS DISTINCT FROM 'criminal') AND s."decision" IN ('fine', 'detention')) AND s."fine" > 0)
