-- PRO-13b version 1: 暂存柜财物未按时转入保管场所
-- Generated from audit-rules/item/PRO-13b-locker.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."custodian_id" AS person_id,
  s."handed_over_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '12 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-13b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN m.at < s."handed_over_at" THEN 6
    WHEN m.at <= d.due THEN 2
    WHEN m.at > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "item" s
  CROSS JOIN LATERAL (SELECT (s."handed_over_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-13b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."handed_over_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."handed_over_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
  CROSS JOIN LATERAL (SELECT LEAST((SELECT min(v.x) FROM (SELECT t1."moved_at" AS x FROM "item_movement" t1 WHERE t1."item_id" = s.id AND (t1."kind" = 'store') OFFSET 0) v), s."disposed_at") AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."handed_over_at" > end_of(date '2015-10-31')
  AND (s."storeroom" = 'locker')
