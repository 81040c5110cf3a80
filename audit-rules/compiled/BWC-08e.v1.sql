-- BWC-08e version 1: 远程视频询问未见全程录像
-- Generated from audit-rules/case/BWC-08e-remote-inquiry.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."ended_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-08e') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN NOT (CASE WHEN e."ended_at" > least(b.at, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'camera_dock' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'camera_dock' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(e."ended_at", least(b.at, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_act" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT (e."ended_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-08e' AND p.name = 'upload' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ended_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ended_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT CASE WHEN (e."recorded" OR (SELECT CASE WHEN e."started_at" < e."ended_at" THEN coalesce(extract(epoch FROM sum(greatest(i.b - CASE WHEN i.a <= i.p + interval '5 seconds' THEN i.p ELSE i.a END, interval '0')))::float8, 0) / extract(epoch FROM e."ended_at" - e."started_at")::float8 END FROM (SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (SELECT greatest(t1."started_at", e."started_at") AS a, least(coalesce(t1."ended_at", 'infinity'), e."ended_at") AS b FROM link t2 JOIN "recording" t1 ON t1.id = t2.their_id WHERE t2.relation = 2 AND t2.own_id = e.id AND t1."started_at" < e."ended_at" AND coalesce(t1."ended_at", 'infinity') > e."started_at" AND coalesce(t1."ended_at", 'infinity') > t1."started_at" AND e."started_at" < e."ended_at") c) i) >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-08e' AND p.name = 'ratio' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ended_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ended_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)) THEN e."ended_at" ELSE NULL END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."ended_at" > end_of(date '2025-12-31')
  AND (((s."kind" = 'public_order') AND (e."kind" = 'questioning')) AND e."remote")
