-- CAS-32a version 1: 行政拘留决定未执行
-- Generated from audit-rules/case/CAS-32a-detention-executed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."decided_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  s."detention_executed_at" AS met_at,
  (CASE WHEN ((s."detention_spared_at" IS NOT NULL) OR ((s."detention_deferred_at" IS NOT NULL) AND ((s."deferral_secured") IS TRUE))) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-32a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."detention_executed_at" < s."decided_at" THEN 6
    WHEN s."detention_executed_at" <= d.due THEN 2
    WHEN s."detention_executed_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT (s."decided_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-32a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."decided_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."decided_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2012-12-31')
  AND ((s."kind" IS DISTINCT FROM 'criminal') AND (s."decision" = 'detention'))
