-- CAS-20c version 1: 调解次数超过两次
-- Generated from audit-rules/case/CAS-20c-mediation-rounds.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."held_at" AS opened_at,
  e."held_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-20c') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."held_at" IS NULL THEN 6
    WHEN m.at <= e."held_at" THEN 2
    WHEN m.at > e."held_at" THEN 3
    WHEN e."held_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "case" s
  JOIN "case_mediation" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN e."round" <= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-20c' AND p.name = 'rounds' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."held_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."held_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1) THEN e."held_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."held_at" > end_of(date '2012-12-31')
  AND (s."kind" = 'public_order')
