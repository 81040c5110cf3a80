-- ALM-02 version 1: 紧急警情派警、报告超时
-- Generated from audit-rules/alarm/ALM-02-dispatch.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."received_by_id" AS person_id,
  s."received_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '1 minutes') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-02') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN m.at < s."received_at" THEN 6
    WHEN m.at <= d.due THEN 2
    WHEN NOT (CASE WHEN s."received_at" > least(d.due, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'dispatch' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'dispatch' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(s."received_at", least(d.due, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN m.at > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT (s."received_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-02' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 minute') AS due OFFSET 0) d
  CROSS JOIN LATERAL (SELECT CASE WHEN (SELECT min(v.x) FROM (SELECT t1."sent_at" AS x FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id OFFSET 0) v) IS NOT NULL AND s."reported_at" IS NOT NULL THEN GREATEST((SELECT min(v.x) FROM (SELECT t1."sent_at" AS x FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id OFFSET 0) v), s."reported_at") END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2003-12-31')
  AND ((s."priority" = 'urgent') AND (NOT ((s."disposition" IN ('withdrawn', 'by_phone', 'duplicate', 'diverted')) IS TRUE)))
