-- FRZ-08 version 1: 返还未按时办结
-- Generated from audit-rules/freeze/FRZ-08-refund-done.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."sent_to_bank_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  CASE WHEN (((s."fee" IS NULL) OR s."fee" <= 0) AND ((s."paid_to" IS DISTINCT FROM 'other') OR s."account_closed")) THEN s."paid_at" ELSE NULL END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-08') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN (((s."fee" IS NULL) OR s."fee" <= 0) AND ((s."paid_to" IS DISTINCT FROM 'other') OR s."account_closed")) THEN s."paid_at" ELSE NULL END < s."sent_to_bank_at" THEN 6
    WHEN CASE WHEN (((s."fee" IS NULL) OR s."fee" <= 0) AND ((s."paid_to" IS DISTINCT FROM 'other') OR s."account_closed")) THEN s."paid_at" ELSE NULL END <= d.due THEN 2
    WHEN NOT (CASE WHEN s."sent_to_bank_at" > least(d.due, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'bank' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'bank' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(s."sent_to_bank_at", least(d.due, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN CASE WHEN (((s."fee" IS NULL) OR s."fee" <= 0) AND ((s."paid_to" IS DISTINCT FROM 'other') OR s."account_closed")) THEN s."paid_at" ELSE NULL END <= d.latest THEN 6
    WHEN CASE WHEN (((s."fee" IS NULL) OR s."fee" <= 0) AND ((s."paid_to" IS DISTINCT FROM 'other') OR s."account_closed")) THEN s."paid_at" ELSE NULL END > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "freeze" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."sent_to_bank_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."sent_to_bank_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-08' AND p.name = 'done' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."sent_to_bank_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."sent_to_bank_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(s."sent_to_bank_at"), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-08' AND p.name = 'done' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."sent_to_bank_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."sent_to_bank_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."sent_to_bank_at" > end_of(date '2016-09-17')
