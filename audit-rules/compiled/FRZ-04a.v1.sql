-- FRZ-04a version 1: 冻结到期前未续冻亦未解除
-- Generated from audit-rules/freeze/FRZ-04a-renew.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."frozen_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '360 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-04a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."term_end_at" IS NOT NULL) THEN s."term_end_at" ELSE end_of(add_months(local_day(s."frozen_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-04a' AND p.name = 'term' AND p.key = s."kind" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."frozen_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."frozen_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) END AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT LEAST(s."released_at", s."paid_at", s."deducted_at", (SELECT min(v.x) FROM (SELECT t1."approved_at" AS x FROM "freeze_renewal" t1 WHERE t1."freeze_id" = s.id OFFSET 0) v)) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."frozen_at" > end_of(date '2012-12-31')
  AND (NOT ((s."queued") IS TRUE))
