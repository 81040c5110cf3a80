-- ENT-03b version 1: 冻结经营者个人或者案外人财产未说明关联
-- Generated from audit-rules/freeze/ENT-03b-whose.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."frozen_at" AS opened_at,
  s."frozen_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN s."link_shown_at" <= s."frozen_at" THEN s."frozen_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-03b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."frozen_at" IS NULL THEN 6
    WHEN CASE WHEN s."link_shown_at" <= s."frozen_at" THEN s."frozen_at" END <= s."frozen_at" THEN 2
    WHEN CASE WHEN s."link_shown_at" <= s."frozen_at" THEN s."frozen_at" END > s."frozen_at" THEN 3
    WHEN s."frozen_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "freeze" s
WHERE s.id = ANY($1::uuid[])
  AND s."frozen_at" > end_of(date '2025-05-19')
  AND (s."enterprise" AND s."holder_is" IN ('owner', 'third'))
