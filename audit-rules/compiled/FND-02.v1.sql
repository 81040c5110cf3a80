-- FND-02 version 1: 情况说明超时
-- Generated from audit-rules/finding/FND-02-explain.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."person_id" AS person_id,
  s."acknowledged_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  LEAST(s."explained_at", s."merged_at", s."closed_at", s."judged_at") AS met_at,
  (CASE WHEN ((s."suspended_at" IS NOT NULL) AND (s."explained_at" IS NULL)) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FND-02') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."explained_at", s."merged_at", s."closed_at", s."judged_at") < s."acknowledged_at" THEN 6
    WHEN LEAST(s."explained_at", s."merged_at", s."closed_at", s."judged_at") <= d.due THEN 2
    WHEN LEAST(s."explained_at", s."merged_at", s."closed_at", s."judged_at") <= d.latest THEN 6
    WHEN LEAST(s."explained_at", s."merged_at", s."closed_at", s."judged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "finding" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."acknowledged_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN s."urgent" THEN due_latest(s."acknowledged_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FND-02' AND p.name = 'limit' AND p.key = 'urgent' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."acknowledged_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."acknowledged_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'wd', NULL, true) ELSE due_latest(s."acknowledged_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FND-02' AND p.name = 'limit' AND p.key = 'ordinary' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."acknowledged_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."acknowledged_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'wd', NULL, true) END END AS latest FROM (SELECT CASE WHEN s."urgent" THEN end_of(add_working_days(local_day(s."acknowledged_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FND-02' AND p.name = 'limit' AND p.key = 'urgent' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."acknowledged_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."acknowledged_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) ELSE end_of(add_working_days(local_day(s."acknowledged_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FND-02' AND p.name = 'limit' AND p.key = 'ordinary' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."acknowledged_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."acknowledged_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."acknowledged_at" > end_of(date '2019-12-31')
  AND (s."subject_type" IS DISTINCT FROM 'finding')
