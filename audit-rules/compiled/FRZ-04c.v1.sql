-- FRZ-04c version 1: 冻结期限超过法定最长期限
-- Generated from audit-rules/freeze/FRZ-04c-term.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."frozen_at" AS opened_at,
  s."frozen_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-04c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."frozen_at" IS NULL THEN 6
    WHEN m.at <= s."frozen_at" THEN 2
    WHEN m.at > s."frozen_at" THEN 3
    WHEN s."frozen_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  CROSS JOIN LATERAL (SELECT CASE WHEN s."term_end_at" <= CASE WHEN (((s."kind" = 'funds') AND s."major_complex") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."level") >= 5) THEN end_of(add_months(local_day(s."frozen_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-04c' AND p.name = 'major' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."frozen_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."frozen_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) ELSE end_of(add_months(local_day(s."frozen_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-04c' AND p.name = 'term' AND p.key = s."kind" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."frozen_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."frozen_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) END THEN s."frozen_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."frozen_at" > end_of(date '2012-12-31')
  AND (s."term_end_at" IS NOT NULL)
