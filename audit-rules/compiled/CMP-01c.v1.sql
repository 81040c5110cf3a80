-- CMP-01c version 1: 局长信箱、12345转办件答复超期
-- Generated from audit-rules/complaint/CMP-01c-answer.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."handler_id" AS person_id,
  s."received_at" AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '48 hours') AS warn_at,
  LEAST(s."answered_at", s."transferred_at", s."merged_at", s."dismissed_at") AS met_at,
  (CASE WHEN (s."repeat_of_id" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-01c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at", s."dismissed_at") < s."received_at" THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at", s."dismissed_at") <= d.due THEN 2
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at", s."dismissed_at") <= d.latest THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at", s."dismissed_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "complaint" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."received_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."received_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CMP-01c' AND p.name = 'answer' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int + y.k * 8, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(s."received_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CMP-01c' AND p.name = 'answer' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int + y.k * 8)) AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= end_of(add_working_days(local_day(s."received_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CMP-01c' AND p.name = 'answer' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) THEN 1 ELSE 0 END AS k FROM (SELECT NULL::tstzmultirange AS pauses, (SELECT array_agg(t1.approved_at ORDER BY t1.approved_at) FROM "complaint_extension" t1 WHERE t1."complaint_id" = s.id AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t1."level") >= 4 AND t1.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2020-12-31')
  AND s."channel" IN ('mailbox', 'hotline')
