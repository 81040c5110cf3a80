-- BWC-05 version 1: 执法音视频未满保存期限即清除
-- Generated from audit-rules/recording/BWC-05-keep.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."deleted_by_id" AS person_id,
  s."deleted_at" AS opened_at,
  s."deleted_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-05') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."deleted_at" IS NULL THEN 6
    WHEN m.at <= s."deleted_at" THEN 2
    WHEN m.at > s."deleted_at" THEN 3
    WHEN s."deleted_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "recording" s
  CROSS JOIN LATERAL (SELECT CASE WHEN ((s."deleted_at" > end_of(add_months(local_day(s."ended_at"), +nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-05' AND p.name = 'keep' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."deleted_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."deleted_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int)) AND (s."retention" IS DISTINCT FROM 'permanent')) AND (s."locked_at" IS NULL)) THEN s."deleted_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."deleted_at" > end_of(date '2016-06-30')
