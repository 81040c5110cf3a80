-- FRZ-04d version 1: 续冻审批级别或者期限不符
-- Generated from audit-rules/freeze/FRZ-04d-renewal-approval.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  e."approved_at" AS opened_at,
  e."approved_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-04d') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."approved_at" IS NULL THEN 6
    WHEN m.at <= e."approved_at" THEN 2
    WHEN m.at > e."approved_at" THEN 3
    WHEN e."approved_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  JOIN "freeze_renewal" e ON e."freeze_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= CASE WHEN (s."kind" = 'listed_shares') THEN 6 ELSE CASE WHEN ((s."kind" = 'shares') OR ((s."kind" = 'funds') AND s."major_complex")) THEN 5 ELSE 4 END END AND e."until_at" <= CASE WHEN ((s."kind" = 'funds') AND s."major_complex") THEN end_of(add_months(local_day(e."from_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-04d' AND p.name = 'major' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."approved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."approved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) ELSE end_of(add_months(local_day(e."from_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-04d' AND p.name = 'term' AND p.key = s."kind" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."approved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."approved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) END) THEN e."approved_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."approved_at" > end_of(date '2012-12-31')
