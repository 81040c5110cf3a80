-- FRZ-06b version 1: 查明被害人后未主动告知返还
-- Generated from audit-rules/freeze/FRZ-06b-tell-victim.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  e."found_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  e."told_at" AS met_at,
  (CASE WHEN ((s."disputed") IS TRUE) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-06b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."told_at" < e."found_at" THEN 6
    WHEN e."told_at" <= d.due THEN 2
    WHEN e."told_at" <= d.latest THEN 6
    WHEN e."told_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "freeze" s
  JOIN "freeze_victim" e ON e."freeze_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN e."found_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(e."found_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-06b' AND p.name = 'tell' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."found_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."found_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(e."found_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-06b' AND p.name = 'tell' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."found_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."found_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."found_at" > end_of(date '2016-09-17')
