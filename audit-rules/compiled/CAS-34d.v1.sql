-- CAS-34d version 1: 未查获违法嫌疑人，未告知被侵害人
-- Generated from audit-rules/case/CAS-34d-unsolved-told.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END AS opened_at,
  d.due AS due_at,
  (d.due - interval '72 hours') AS warn_at,
  LEAST(s."victim_told_at", s."decided_at", s."closed_at", s."merged_at", s."transferred_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-34d') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."victim_told_at", s."decided_at", s."closed_at", s."merged_at", s."transferred_at") < CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END THEN 6
    WHEN LEAST(s."victim_told_at", s."decided_at", s."closed_at", s."merged_at", s."transferred_at") <= d.due THEN 2
    WHEN LEAST(s."victim_told_at", s."decided_at", s."closed_at", s."merged_at", s."transferred_at") <= d.latest THEN 6
    WHEN LEAST(s."victim_told_at", s."decided_at", s."closed_at", s."merged_at", s."transferred_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-34d' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-34d' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END > end_of(date '2012-12-31')
  AND ((((s."kind" = 'public_order') AND (s."on_spot_at" IS NULL)) AND ((s."filed_at" IS NOT NULL) OR (s."accepted_at" IS NOT NULL))) AND CASE WHEN (s."suspect_known_at" IS NULL) THEN (NOT ((s."suspect_known") IS TRUE)) ELSE ((s."suspect_known_at" > end_of(local_day(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END) + 30)) IS TRUE) END)
