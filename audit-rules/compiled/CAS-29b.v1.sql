-- CAS-29b version 1: 保而不侦
-- Generated from audit-rules/case/CAS-29b-idle-bail.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '168 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-29b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN m.at < e."started_at" THEN 6
    WHEN m.at <= d.due THEN 2
    WHEN m.at <= d.latest THEN 6
    WHEN m.at > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN e."started_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(e."started_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-29b' AND p.name = 'idle' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(e."started_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-29b' AND p.name = 'idle' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
  CROSS JOIN LATERAL (SELECT LEAST((SELECT min(v.x) FROM (SELECT t1."started_at" AS x FROM "case_act" t1 WHERE t1."case_id" = s.id AND ((t1."kind" IS DISTINCT FROM 'scene') AND t1."started_at" > e."started_at") OFFSET 0) v), (SELECT min(v.x) FROM (SELECT t2."started_at" AS x FROM "case_measure" t2 WHERE t2."case_id" = s.id AND t2."started_at" > e."started_at" OFFSET 0) v), e."ended_at", CASE WHEN s."investigation_ended_at" >= e."started_at" THEN s."investigation_ended_at" ELSE NULL END, CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, CASE WHEN s."withdrawn_at" >= e."started_at" THEN s."withdrawn_at" ELSE NULL END) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND (e."kind" = 'bail')
