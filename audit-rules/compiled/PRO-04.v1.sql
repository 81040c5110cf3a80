-- PRO-04 version 1: 涉案财物清单不规范
-- Generated from audit-rules/item/PRO-04-list.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  s."taken_at" AS opened_at,
  d.due AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (((s."list_number" IS NOT NULL) AND (s."signed_by_holder" OR s."holder_refused")) AND (s."list_copies" >= 3 OR (s."list_copies" >= 2 AND (s."administrative" OR t1."kind" IN ('public_order', 'other_admin'))))) THEN s."listed_at" ELSE NULL END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-04') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN (((s."list_number" IS NOT NULL) AND (s."signed_by_holder" OR s."holder_refused")) AND (s."list_copies" >= 3 OR (s."list_copies" >= 2 AND (s."administrative" OR t1."kind" IN ('public_order', 'other_admin'))))) THEN s."listed_at" ELSE NULL END < s."taken_at" THEN 6
    WHEN CASE WHEN (((s."list_number" IS NOT NULL) AND (s."signed_by_holder" OR s."holder_refused")) AND (s."list_copies" >= 3 OR (s."list_copies" >= 2 AND (s."administrative" OR t1."kind" IN ('public_order', 'other_admin'))))) THEN s."listed_at" ELSE NULL END <= d.due THEN 2
    WHEN CASE WHEN (((s."list_number" IS NOT NULL) AND (s."signed_by_holder" OR s."holder_refused")) AND (s."list_copies" >= 3 OR (s."list_copies" >= 2 AND (s."administrative" OR t1."kind" IN ('public_order', 'other_admin'))))) THEN s."listed_at" ELSE NULL END > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT (s."taken_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-04' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."taken_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."taken_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."taken_at" > end_of(date '2012-12-31')
  AND (s."how" IS DISTINCT FROM 'frozen')
