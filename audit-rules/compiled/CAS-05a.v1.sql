-- CAS-05a version 1: 不立案复议决定超时
-- Generated from audit-rules/case/CAS-05a-reconsideration.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."applied_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '120 hours') AS warn_at,
  CASE WHEN e."decided_at" IS NOT NULL AND e."served_at" IS NOT NULL THEN GREATEST(e."decided_at", e."served_at") END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-05a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN e."decided_at" IS NOT NULL AND e."served_at" IS NOT NULL THEN GREATEST(e."decided_at", e."served_at") END < e."applied_at" THEN 6
    WHEN CASE WHEN e."decided_at" IS NOT NULL AND e."served_at" IS NOT NULL THEN GREATEST(e."decided_at", e."served_at") END <= d.due THEN 2
    WHEN CASE WHEN e."decided_at" IS NOT NULL AND e."served_at" IS NOT NULL THEN GREATEST(e."decided_at", e."served_at") END <= d.latest THEN 6
    WHEN CASE WHEN e."decided_at" IS NOT NULL AND e."served_at" IS NOT NULL THEN GREATEST(e."decided_at", e."served_at") END > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  JOIN "case_refusal_review" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN e."applied_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN (e."extended_at" <= end_of(local_day(e."applied_at") + 30) AND e."extension_told_at" <= end_of(local_day(e."applied_at") + 30)) THEN due_latest(e."applied_at", 60, 'd', NULL, true) ELSE due_latest(e."applied_at", 30, 'd', NULL, true) END END AS latest FROM (SELECT CASE WHEN (e."extended_at" <= end_of(local_day(e."applied_at") + 30) AND e."extension_told_at" <= end_of(local_day(e."applied_at") + 30)) THEN end_of(roll_forward((local_day(e."applied_at") + 60))) ELSE end_of(roll_forward((local_day(e."applied_at") + 30))) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."applied_at" > end_of(date '2012-12-31')
  AND ((e."kind" = 'reconsideration') AND ((s."refusal_served_at" IS NULL) OR e."applied_at" <= end_of(local_day(s."refusal_served_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-05a' AND p.name = 'apply' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."applied_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."applied_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)))
