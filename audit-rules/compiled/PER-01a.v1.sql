-- PER-01a version 1: 到案后未直接带入办案区
-- Generated from audit-rules/stay/PER-01a-straight-in.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  NULL::timestamptz AS warn_at,
  s."entered_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-01a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."entered_at" < s."arrived_at" THEN 6
    WHEN s."entered_at" <= d.due THEN 2
    WHEN s."entered_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT y.due FROM (SELECT CASE WHEN y.pauses IS NULL THEN (s."arrived_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-01a' AND p.name = 'limit' AND p.key = s."area" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."arrived_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."arrived_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 minute') ELSE due_paused(s."arrived_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-01a' AND p.name = 'limit' AND p.key = s."area" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."arrived_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."arrived_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'm', y.pauses, false) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT (SELECT range_agg(pause(t1.started_at, t1.ended_at)) FROM "stay_leave" t1 WHERE t1."stay_id" = s.id AND (t1."reason" = 'hospital')) AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2012-12-31')
  AND (s."role" IN ('offender', 'suspect') AND (NOT ((s."reception") IS TRUE)))
