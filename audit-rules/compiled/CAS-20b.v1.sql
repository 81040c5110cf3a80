-- CAS-20b version 1: 调解不成或者协议未履行，未及时处理
-- Generated from audit-rules/case/CAS-20b-after-mediation.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END AS opened_at,
  d.due AS due_at,
  (d.due - interval '72 hours') AS warn_at,
  LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-20b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") < CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") <= d.latest THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  JOIN "case_mediation" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END, nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-20b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-20b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (e."broken_at" IS NOT NULL) THEN e."broken_at" ELSE e."held_at" END > end_of(date '2012-12-31')
  AND ((s."kind" = 'public_order') AND ((e."broken_at" IS NOT NULL) OR ((e."outcome" = 'failed') AND NOT EXISTS (SELECT FROM "case_mediation" t1 WHERE t1."case_id" = s.id AND NOT ((t1."round" <= e."round") IS TRUE)))))
