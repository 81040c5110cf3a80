-- PRO-12b version 1: 变卖涉案财物未经审批
-- Generated from audit-rules/item/PRO-12b-sale.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  s."sold_at" AS opened_at,
  s."sold_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."sale_approved_at" <= s."sold_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."sale_level") >= 4) THEN s."sold_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-12b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."sold_at" IS NULL THEN 6
    WHEN CASE WHEN (s."sale_approved_at" <= s."sold_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."sale_level") >= 4) THEN s."sold_at" END <= s."sold_at" THEN 2
    WHEN CASE WHEN (s."sale_approved_at" <= s."sold_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."sale_level") >= 4) THEN s."sold_at" END > s."sold_at" THEN 3
    WHEN s."sold_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
WHERE s.id = ANY($1::uuid[])
  AND s."sold_at" > end_of(date '2012-12-31')
