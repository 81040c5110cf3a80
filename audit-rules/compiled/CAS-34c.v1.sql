-- CAS-34c version 1: 终止（撤销）案件未告知结果
-- Generated from audit-rules/case/CAS-34c-outcome-told.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."closed_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  s."outcome_told_at" AS met_at,
  (CASE WHEN (s."reporter_unreachable_at" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-34c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."outcome_told_at" < s."closed_at" THEN 6
    WHEN s."outcome_told_at" <= d.due THEN 2
    WHEN s."outcome_told_at" <= d.latest THEN 6
    WHEN s."outcome_told_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."closed_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."closed_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-34c' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."closed_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."closed_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."closed_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-34c' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."closed_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."closed_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."closed_at" > end_of(date '2018-08-31')
  AND (((s."kind" IS DISTINCT FROM 'criminal') AND s."closure" IN ('terminated', 'withdrawn')) AND (NOT ((s."discovered") IS TRUE)))
