-- PRO-11b version 1: 刑事案件移送、撤案未随案处理财物
-- Generated from audit-rules/item/PRO-11b-with-transfer.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  LEAST(t1."prosecuted_at", t1."withdrawn_at") AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-11b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN (t1."withdrawn_at" IS NOT NULL) THEN 3 ELSE 2 END)::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT (LEAST(t1."prosecuted_at", t1."withdrawn_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-11b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(LEAST(t1."prosecuted_at", t1."withdrawn_at")) AND (p.to_on IS NULL OR p.to_on > local_day(LEAST(t1."prosecuted_at", t1."withdrawn_at"))) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT LEAST((SELECT min(v.x) FROM (SELECT t2."moved_at" AS x FROM "item_movement" t2 WHERE t2."item_id" = s.id AND (t2."kind" = 'transfer') OFFSET 0) v), s."decided_at", s."lifted_at", s."disposed_at") AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND LEAST(t1."prosecuted_at", t1."withdrawn_at") > end_of(date '2012-12-31')
  AND ((t1."kind" = 'criminal') AND s."taken_at" <= LEAST(t1."prosecuted_at", t1."withdrawn_at"))
