-- PER-19c version 1: 同一人同时在两处接受询（讯）问
-- Generated from audit-rules/stay/PER-19c-two-places.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-19c') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN m.at <= e."started_at" THEN 2
    WHEN m.at > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  JOIN "stay_interview" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (NOT EXISTS (SELECT FROM "stay_interview" t1 WHERE t1."stay_id" = s.id AND NOT (((t1.id IS NOT DISTINCT FROM e.id) OR ((t1."ended_at" <= (e."started_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19c' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE)) OR ((t1."started_at" >= (e."ended_at" - nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19c' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE))) AND NOT EXISTS (SELECT FROM "stay" t2 WHERE t2."identity" = s."identity" AND t2.id <> s.id AND NOT NOT EXISTS (SELECT FROM "stay_interview" t3 WHERE t3."stay_id" = t2.id AND NOT (((t3."ended_at" <= (e."started_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19c' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE) OR ((t3."started_at" >= (e."ended_at" - nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19c' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE))))) THEN e."started_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
