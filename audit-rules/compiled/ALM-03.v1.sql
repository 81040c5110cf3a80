-- ALM-03 version 1: 处警到场超时
-- Generated from audit-rules/alarm/ALM-03-arrive.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  coalesce(e."unit_id", s."unit_id") AS unit_id,
  e."officer_id" AS person_id,
  e."sent_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '2 minutes') AS warn_at,
  e."arrived_at" AS met_at,
  (CASE WHEN ((e."delay_reported_at" IS NOT NULL) AND ((e."arrived_at" IS NULL) OR ((e."delay_reported_at" <= e."arrived_at") IS TRUE))) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-03') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."arrived_at" < e."sent_at" THEN 6
    WHEN e."arrived_at" <= d.due THEN 2
    WHEN NOT (CASE WHEN e."sent_at" > least(d.due, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'dispatch' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'dispatch' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = coalesce(e."unit_id", s."unit_id")), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = coalesce(e."unit_id", s."unit_id")), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(e."sent_at", least(d.due, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN e."arrived_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN ((s."handled_at" IS NOT NULL) AND (NOT EXISTS (SELECT FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id AND (t1."arrived_at" IS NOT NULL)))) THEN 3 ELSE 2 END)::smallint AS severity
FROM "alarm" s
  JOIN "alarm_dispatch" e ON e."alarm_id" = s.id
  CROSS JOIN LATERAL (SELECT (e."sent_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = coalesce(e."unit_id", s."unit_id") WHERE p.rule_code = 'ALM-03' AND p.name = 'limit' AND p.key = s."area" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."sent_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."sent_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 minute') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."sent_at" > end_of(date '2020-12-31')
  AND (((s."priority" = 'urgent') AND (e."on_scene" IS DISTINCT FROM FALSE)) AND (NOT ((s."disposition" IN ('withdrawn', 'by_phone', 'duplicate', 'diverted')) IS TRUE)))
