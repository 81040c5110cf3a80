-- PRO-03 version 1: 办案与保管未分离
-- Generated from audit-rules/item/PRO-03-separation.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  s."handed_over_at" AS opened_at,
  s."handed_over_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN ((((((s."custodian_id" IS NOT NULL) AND (s."custodian_id" IS DISTINCT FROM s."taken_by_id")) AND (s."custodian_id" IS DISTINCT FROM t1."lead_id")) AND (NOT ((s."custodian_id" = ANY(t1."co_officers_ids")) IS TRUE))) AND (s."storeroom" IS NOT NULL)) AND (s."storeroom" IS DISTINCT FROM 'case_office')) THEN s."handed_over_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-03') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."handed_over_at" IS NULL THEN 6
    WHEN CASE WHEN ((((((s."custodian_id" IS NOT NULL) AND (s."custodian_id" IS DISTINCT FROM s."taken_by_id")) AND (s."custodian_id" IS DISTINCT FROM t1."lead_id")) AND (NOT ((s."custodian_id" = ANY(t1."co_officers_ids")) IS TRUE))) AND (s."storeroom" IS NOT NULL)) AND (s."storeroom" IS DISTINCT FROM 'case_office')) THEN s."handed_over_at" END <= s."handed_over_at" THEN 2
    WHEN CASE WHEN ((((((s."custodian_id" IS NOT NULL) AND (s."custodian_id" IS DISTINCT FROM s."taken_by_id")) AND (s."custodian_id" IS DISTINCT FROM t1."lead_id")) AND (NOT ((s."custodian_id" = ANY(t1."co_officers_ids")) IS TRUE))) AND (s."storeroom" IS NOT NULL)) AND (s."storeroom" IS DISTINCT FROM 'case_office')) THEN s."handed_over_at" END > s."handed_over_at" THEN 3
    WHEN s."handed_over_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
WHERE s.id = ANY($1::uuid[])
  AND s."handed_over_at" > end_of(date '2012-12-31')
  AND (s."storeroom" IS DISTINCT FROM 'in_place')
