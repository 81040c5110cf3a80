-- FRZ-01a version 1: 紧急止付期满未冻结亦未解除
-- Generated from audit-rules/freeze/FRZ-01a-lapse.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  e."stopped_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '8 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-01a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN m.at < e."stopped_at" THEN 6
    WHEN m.at <= d.due THEN 2
    WHEN NOT (CASE WHEN e."stopped_at" > least(d.due, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'bank' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'bank' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(e."stopped_at", least(d.due, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN m.at > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN s."moved_at" >= e."stopped_at" THEN 3 ELSE 2 END)::smallint AS severity
FROM "freeze" s
  JOIN "freeze_stop" e ON e."freeze_id" = s.id
  CROSS JOIN LATERAL (SELECT (e."stopped_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-01a' AND p.name = 'stop' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."stopped_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."stopped_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
  CROSS JOIN LATERAL (SELECT LEAST(s."frozen_at", e."ended_at", (SELECT min(v.x) FROM (SELECT t1."stopped_at" AS x FROM "freeze_stop" t1 WHERE t1."freeze_id" = s.id AND t1."stopped_at" > e."stopped_at" OFFSET 0) v)) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."stopped_at" > end_of(date '2016-05-31')
