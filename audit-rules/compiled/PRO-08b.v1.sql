-- PRO-08b version 1: 与治安案件无关财物未立即退还
-- Generated from audit-rules/item/PRO-08b-unrelated-administrative.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  s."unrelated_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  LEAST(s."lifted_at", s."disposed_at") AS met_at,
  (CASE WHEN (s."owner_notice_at" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-08b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."lifted_at", s."disposed_at") < s."unrelated_at" THEN 6
    WHEN LEAST(s."lifted_at", s."disposed_at") <= d.due THEN 2
    WHEN LEAST(s."lifted_at", s."disposed_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN (s."enterprise" OR t1."enterprise") THEN 3 ELSE 2 END)::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT (s."unrelated_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-08b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."unrelated_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."unrelated_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."unrelated_at" > end_of(date '2025-12-31')
  AND (t1."kind" IN ('public_order', 'other_admin') OR ((s."case_id" IS NULL) AND s."administrative"))
