-- PRO-13d version 1: 盘点账物不符
-- Generated from audit-rules/item/PRO-13d-stocktake.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."custodian_id" AS person_id,
  e."counted_at" AS opened_at,
  e."counted_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (e."result" = 'matches') THEN e."counted_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-13d') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."counted_at" IS NULL THEN 6
    WHEN CASE WHEN (e."result" = 'matches') THEN e."counted_at" END <= e."counted_at" THEN 2
    WHEN CASE WHEN (e."result" = 'matches') THEN e."counted_at" END > e."counted_at" THEN 3
    WHEN e."counted_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN e."result" IN ('missing', 'short') THEN 3 ELSE 2 END)::smallint AS severity
FROM "item" s
  JOIN "item_stocktake" e ON e."item_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."counted_at" > end_of(date '2015-10-31')
