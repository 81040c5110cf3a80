-- PRO-01 version 1: 涉案财物移交保管超时
-- Generated from audit-rules/item/PRO-01-hand-over.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END AS opened_at,
  (CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') AS due_at,
  ((CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') - interval '4 hours') AS warn_at,
  LEAST(s."handed_over_at", s."disposed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-01') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') IS NULL THEN 6
    WHEN LEAST(s."handed_over_at", s."disposed_at") <= (CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') THEN 2
    WHEN LEAST(s."handed_over_at", s."disposed_at") > (CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') THEN 3
    WHEN (CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN ((s."test_until" IS NOT NULL) AND (s."test_approved_at" IS NOT NULL)) THEN s."test_until" ELSE CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END END > end_of(date '2012-12-31')
  AND (((s."how" IS DISTINCT FROM 'frozen') AND (NOT ((s."in_place") IS TRUE))) AND (s."kind" IS DISTINCT FROM 'data'))
