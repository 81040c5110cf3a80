-- PRO-09b version 1: 调用涉案财物未按时归还
-- Generated from audit-rules/item/PRO-09b-loan-return.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  e."receiver_id" AS person_id,
  e."moved_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-09b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
  JOIN "item_movement" e ON e."item_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (e."extension_approved_at" <= CASE WHEN (e."due_back_at" IS NOT NULL) THEN e."due_back_at" ELSE CASE WHEN (e."purpose" = 'test') THEN end_of(local_day(e."moved_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-09b' AND p.name = 'test' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."moved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."moved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) ELSE (e."moved_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-09b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."moved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."moved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') END END AND (e."extended_to" IS NOT NULL)) THEN e."extended_to" ELSE CASE WHEN (e."due_back_at" IS NOT NULL) THEN e."due_back_at" ELSE CASE WHEN (e."purpose" = 'test') THEN end_of(local_day(e."moved_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-09b' AND p.name = 'test' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."moved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."moved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) ELSE (e."moved_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-09b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."moved_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."moved_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') END END END AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT LEAST((SELECT min(v.x) FROM (SELECT t1."moved_at" AS x FROM "item_movement" t1 WHERE t1."item_id" = s.id AND (((t1."kind" IS DISTINCT FROM 'store') AND (t1."kind" IS DISTINCT FROM 'lend')) AND t1."moved_at" >= e."moved_at") OFFSET 0) v), s."disposed_at") AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."moved_at" > end_of(date '2012-12-31')
  AND (e."kind" = 'lend')
