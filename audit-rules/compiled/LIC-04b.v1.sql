-- LIC-04b version 1: 现场核查少于二人
-- Generated from audit-rules/licence/LIC-04b-two-checkers.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."acceptor_id" AS person_id,
  s."checked_at" AS opened_at,
  s."checked_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-04b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."checked_at" IS NULL THEN 6
    WHEN m.at <= s."checked_at" THEN 2
    WHEN m.at > s."checked_at" THEN 3
    WHEN s."checked_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (SELECT count(*) FROM person t1 WHERE t1.id = ANY(s."check_officers_ids")) >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'LIC-04b' AND p.name = 'officers' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."checked_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."checked_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1) THEN s."checked_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."checked_at" > end_of(date '2004-06-30')
