-- ALM-04b version 1: 处警结果、反馈类别填报超时
-- Generated from audit-rules/alarm/ALM-04b-result.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  (SELECT t1."officer_id" FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id ORDER BY t1.seq, t1.id LIMIT 1) AS person_id,
  o.at AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  CASE WHEN ((s."disposition" IS NOT NULL) AND (s."feedback_category" IS NOT NULL)) THEN s."handled_at" ELSE NULL END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-04b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN CASE WHEN ((s."disposition" IS NOT NULL) AND (s."feedback_category" IS NOT NULL)) THEN s."handled_at" ELSE NULL END <= b.at THEN 2
    WHEN NOT (CASE WHEN o.at > least(b.at, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'dispatch' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'dispatch' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(o.at, least(b.at, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN CASE WHEN ((s."disposition" IS NOT NULL) AND (s."feedback_category" IS NOT NULL)) THEN s."handled_at" ELSE NULL END > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT (SELECT max(v.x) FROM (SELECT t2."handled_at" AS x FROM "alarm_dispatch" t2 WHERE t2."alarm_id" = s.id OFFSET 0) v) AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT (o.at + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-04b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2003-12-31')
