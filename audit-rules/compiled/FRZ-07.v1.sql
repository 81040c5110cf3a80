-- FRZ-07 version 1: 按比例返还未公告期满或者异议未审核
-- Generated from audit-rules/freeze/FRZ-07-public-notice.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."paid_at" AS opened_at,
  s."paid_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-07') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."paid_at" IS NULL THEN 6
    WHEN m.at <= s."paid_at" THEN 2
    WHEN m.at > s."paid_at" THEN 3
    WHEN s."paid_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (end_of(local_day(s."published_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-07' AND p.name = 'notice' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."paid_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."paid_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) < s."paid_at" AND NOT EXISTS (SELECT FROM "freeze_objection" t1 WHERE t1."freeze_id" = s.id AND NOT (((t1."raised_at" > s."paid_at") IS TRUE) OR ((t1."reviewed_at" <= s."paid_at") IS TRUE)))) THEN s."paid_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."paid_at" > end_of(date '2016-09-17')
  AND s."pro_rata"
