-- PER-10 version 1: 拘留（逮捕）后送看守所超时
-- Generated from audit-rules/case/PER-10-detention-house.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  LEAST(e."handed_over_at", e."ended_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-10') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(e."handed_over_at", e."ended_at") < e."started_at" THEN 6
    WHEN LEAST(e."handed_over_at", e."ended_at") <= d.due THEN 2
    WHEN LEAST(e."handed_over_at", e."ended_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (e."kind" = 'arrest') THEN (e."started_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-10' AND p.name = 'arrest' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') ELSE (e."started_at" + interval '24 hours') END AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND ((e."kind" = 'detention') OR ((e."kind" = 'arrest') AND (NOT EXISTS (SELECT FROM "case_measure" t1 WHERE t1."case_id" = s.id AND (((t1."kind" = 'detention') AND (t1."subject_name" IS NOT DISTINCT FROM e."subject_name")) AND (t1."handed_over_at" IS NOT NULL))))))
