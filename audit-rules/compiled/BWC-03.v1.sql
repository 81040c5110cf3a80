-- BWC-03 version 1: 执勤即开机在线率不足
-- Generated from audit-rules/shift/BWC-03-online.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."ended_at" AS opened_at,
  b.at AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN (s."fault_reported_at" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-03') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN NOT (CASE WHEN s."ended_at" > least(b.at, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'device_log' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'device_log' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(s."ended_at", least(b.at, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "shift" s
  CROSS JOIN LATERAL (SELECT (s."ended_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-03' AND p.name = 'upload' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."ended_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."ended_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT CASE WHEN CASE WHEN EXISTS (SELECT FROM "shift_exemption" t1 WHERE t1."shift_id" = s.id) THEN (SELECT CASE WHEN s."started_at" < s."ended_at" THEN CASE WHEN isempty(z.duty) THEN 1 ELSE coalesce(extract(epoch FROM (SELECT sum(upper(r) - lower(r)) FROM unnest(z.covered * z.duty) r))::float8, 0) / extract(epoch FROM (SELECT sum(upper(r) - lower(r)) FROM unnest(z.duty) r))::float8 END END FROM (SELECT coalesce((SELECT range_agg(tstzrange(least(i.a, CASE WHEN i.a <= i.p + interval '5 seconds' THEN i.p ELSE i.a END), i.b)) FROM (SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (SELECT greatest(t3."started_at", s."started_at") AS a, least(coalesce(t3."ended_at", 'infinity'), s."ended_at") AS b FROM "shift_online" t3 WHERE t3."shift_id" = s.id AND t3."started_at" < s."ended_at" AND coalesce(t3."ended_at", 'infinity') > s."started_at" AND coalesce(t3."ended_at", 'infinity') > t3."started_at" AND s."started_at" < s."ended_at") c) i), '{}'::tstzmultirange) AS covered, tstzmultirange(tstzrange(least(s."started_at", s."ended_at"), greatest(s."started_at", s."ended_at"))) - coalesce((SELECT range_agg(tstzrange(t2."started_at", t2."ended_at")) FROM "shift_exemption" t2 WHERE t2."shift_id" = s.id AND t2."started_at" < coalesce(t2."ended_at", 'infinity')), '{}'::tstzmultirange) AS duty OFFSET 0) z) ELSE (SELECT CASE WHEN s."started_at" < s."ended_at" THEN coalesce(extract(epoch FROM sum(greatest(i.b - CASE WHEN i.a <= i.p + interval '5 seconds' THEN i.p ELSE i.a END, interval '0')))::float8, 0) / extract(epoch FROM s."ended_at" - s."started_at")::float8 END FROM (SELECT c.a, c.b, max(c.b) OVER (ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS p FROM (SELECT greatest(t4."started_at", s."started_at") AS a, least(coalesce(t4."ended_at", 'infinity'), s."ended_at") AS b FROM "shift_online" t4 WHERE t4."shift_id" = s.id AND t4."started_at" < s."ended_at" AND coalesce(t4."ended_at", 'infinity') > s."started_at" AND coalesce(t4."ended_at", 'infinity') > t4."started_at" AND s."started_at" < s."ended_at") c) i) END >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-03' AND p.name = 'ratio' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."ended_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."ended_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1) THEN s."ended_at" ELSE NULL END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."ended_at" > end_of(date '2016-06-30')
  AND (s."kind" IN ('response', 'patrol', 'checkpoint', 'inspection') AND s."started_at" < s."ended_at")
