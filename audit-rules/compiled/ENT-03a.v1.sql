-- ENT-03a version 1: 涉企案件超数额冻结
-- Generated from audit-rules/freeze/ENT-03a-amount.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."frozen_at" AS opened_at,
  s."frozen_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN ((s."necessity_at" <= s."frozen_at") IS TRUE) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-03a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."frozen_at" IS NULL THEN 6
    WHEN m.at <= s."frozen_at" THEN 2
    WHEN m.at > s."frozen_at" THEN 3
    WHEN s."frozen_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "freeze" s
  CROSS JOIN LATERAL (SELECT CASE WHEN ((((s."amount")::float8 + ((SELECT coalesce(sum(v.x), 0)::float8 FROM (SELECT t1."amount" AS x FROM "freeze" t1 WHERE t1."case_id" = s."case_id" AND t1.id <> s.id AND (((NOT ((t1."queued") IS TRUE)) AND t1."frozen_at" <= s."frozen_at") AND ((t1."released_at" IS NULL) OR t1."released_at" > s."frozen_at")) OFFSET 0) v))::float8))::float8 + ((SELECT coalesce(sum(v.x), 0)::float8 FROM (SELECT t2."value" AS x FROM "item" t2 WHERE t2."case_id" = s."case_id" AND ((t2."how" IN ('seized', 'sealed') AND t2."taken_at" <= s."frozen_at") AND ((t2."disposed_at" IS NULL) OR t2."disposed_at" > s."frozen_at")) OFFSET 0) v))::float8) <= ((s."case_amount")::float8 * ((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-03a' AND p.name = 'ratio' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."frozen_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."frozen_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1))::float8) THEN s."frozen_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."frozen_at" > end_of(date '2025-05-19')
  AND ((s."enterprise" AND (NOT ((s."queued") IS TRUE))) AND (s."case_amount" IS NOT NULL))
