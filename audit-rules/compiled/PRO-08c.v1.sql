-- PRO-08c version 1: 权利人不明财物公告期满未处理
-- Generated from audit-rules/item/PRO-08c-ownerless.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  s."owner_notice_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '168 hours') AS warn_at,
  LEAST(CASE WHEN s."sold_at" >= s."owner_notice_at" THEN s."sold_at" ELSE NULL END, s."disposed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-08c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN LEAST(CASE WHEN s."sold_at" >= s."owner_notice_at" THEN s."sold_at" ELSE NULL END, s."disposed_at") <= b.at THEN 2
    WHEN LEAST(CASE WHEN s."sold_at" >= s."owner_notice_at" THEN s."sold_at" ELSE NULL END, s."disposed_at") > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT end_of(local_day(end_of(add_months(local_day(s."owner_notice_at"), +6))) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-08c' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."owner_notice_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."owner_notice_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."owner_notice_at" > end_of(date '2025-12-31')
