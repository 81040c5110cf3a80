-- PRO-05a version 1: 当场扣押未及时补办审批
-- Generated from audit-rules/item/PRO-05a-approval.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  s."taken_at" AS opened_at,
  (s."taken_at" + interval '24 hours') AS due_at,
  ((s."taken_at" + interval '24 hours') - interval '4 hours') AS warn_at,
  LEAST(s."approved_at", s."lifted_at", s."disposed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-05a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (s."taken_at" + interval '24 hours') IS NULL THEN 6
    WHEN LEAST(s."approved_at", s."lifted_at", s."disposed_at") <= (s."taken_at" + interval '24 hours') THEN 2
    WHEN LEAST(s."approved_at", s."lifted_at", s."disposed_at") > (s."taken_at" + interval '24 hours') THEN 3
    WHEN (s."taken_at" + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
WHERE s.id = ANY($1::uuid[])
  AND s."taken_at" > end_of(date '2012-12-31')
  AND ((s."on_scene" AND s."how" IN ('seized', 'detained', 'sealed', 'registered')) AND (s."administrative" OR t1."kind" IN ('public_order', 'other_admin')))
