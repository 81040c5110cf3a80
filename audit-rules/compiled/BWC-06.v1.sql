-- BWC-06 version 1: 应永久保存的执法音视频未锁定
-- Generated from audit-rules/recording/BWC-06-lock.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."wearer_id" AS person_id,
  s."classified_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  CASE WHEN (s."retention" = 'permanent') THEN s."locked_at" ELSE NULL END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-06') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN (s."retention" = 'permanent') THEN s."locked_at" ELSE NULL END < s."classified_at" THEN 6
    WHEN CASE WHEN (s."retention" = 'permanent') THEN s."locked_at" ELSE NULL END <= d.due THEN 2
    WHEN CASE WHEN (s."retention" = 'permanent') THEN s."locked_at" ELSE NULL END > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "recording" s
  CROSS JOIN LATERAL (SELECT (s."classified_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-06' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."classified_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."classified_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."classified_at" > end_of(date '2016-06-30')
  AND (((s."evidence" OR s."obstruction") OR s."major_incident") OR s."complex_incident")
