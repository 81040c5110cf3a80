-- CAS-20a version 1: 再次调解超过七个工作日
-- Generated from audit-rules/case/CAS-20a-second-mediation.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  o.at AS opened_at,
  d.due AS due_at,
  NULL::timestamptz AS warn_at,
  e."held_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-20a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."held_at" < o.at THEN 6
    WHEN e."held_at" <= d.due THEN 2
    WHEN e."held_at" <= d.latest THEN 6
    WHEN e."held_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  JOIN "case_mediation" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT (SELECT min(v.x) FROM (SELECT t1."held_at" AS x FROM "case_mediation" t1 WHERE t1."case_id" = s.id AND (t1."round" = 1) OFFSET 0) v) AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN o.at > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(o.at, nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-20a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(o.at), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-20a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2012-12-31')
  AND ((s."kind" = 'public_order') AND (e."round" = 2))
