-- CAS-27b version 1: 伤情鉴定意见超时
-- Generated from audit-rules/case/CAS-27b-injury-opinion.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."ordered_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  e."opinion_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-27b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."opinion_at" < e."ordered_at" THEN 6
    WHEN e."opinion_at" <= d.due THEN 2
    WHEN e."opinion_at" <= d.latest THEN 6
    WHEN e."opinion_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  JOIN "case_appraisal" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN e."ordered_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN (e."condition" = 'at_once') THEN due_latest(e."ordered_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-27b' AND p.name = 'atOnce' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ordered_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ordered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'h', NULL, true) ELSE due_latest(e."ordered_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-27b' AND p.name = 'later' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ordered_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ordered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END END AS latest FROM (SELECT CASE WHEN (e."condition" = 'at_once') THEN (e."ordered_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-27b' AND p.name = 'atOnce' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ordered_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ordered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') ELSE end_of(roll_forward((local_day(e."ordered_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-27b' AND p.name = 'later' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."ordered_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."ordered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."ordered_at" > end_of(date '2006-01-31')
  AND ((e."kind" = 'injury') AND (e."condition" IS DISTINCT FROM 'unstable'))
