-- CAS-09 version 1: 其他行政处罚案件办案期限超期
-- Generated from audit-rules/case/CAS-09-decide-other.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at") AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '168 hours') AS warn_at,
  LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-09') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") < GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at") THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") <= d.latest THEN 6
    WHEN LEAST(s."decided_at", s."closed_at", s."transferred_at", s."merged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at") > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-09' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at")) AND (p.to_on IS NULL OR p.to_on > local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at"))) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', y.pauses, true) END AS latest FROM (SELECT CASE WHEN y.pauses IS NULL THEN end_of(roll_forward((local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at")) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-09' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at")) AND (p.to_on IS NULL OR p.to_on > local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at"))) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) ELSE due_paused(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-09' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at")) AND (p.to_on IS NULL OR p.to_on > local_day(GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at"))) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', y.pauses, true) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT (SELECT range_agg(pause(t1.started_at, t1.ended_at)) FROM "case_suspension" t1 WHERE t1."case_id" = s.id AND t1."reason" IN ('appraisal', 'hearing')) AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND GREATEST(CASE WHEN (s."filed_at" IS NOT NULL) THEN s."filed_at" ELSE s."accepted_at" END, s."suspect_known_at") > end_of(date '2021-07-14')
  AND (((((s."kind" = 'other_admin') AND s."suspect_known") AND (s."on_spot_at" IS NULL)) AND (NOT ((s."other_term") IS TRUE))) AND ((s."filed_at" IS NOT NULL) OR (s."accepted_at" IS NOT NULL)))
