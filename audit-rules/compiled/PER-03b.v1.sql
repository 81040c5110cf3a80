-- PER-03b version 1: 检查妇女的身体非由女性工作人员进行
-- Generated from audit-rules/stay/PER-03b-woman.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (s."searcher_id" IS NOT NULL) THEN s."searcher_id" ELSE s."lead_id" END AS person_id,
  s."searched_at" AS opened_at,
  s."searched_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."searcher_gender" = 'female') THEN s."searched_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-03b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."searched_at" IS NULL THEN 6
    WHEN CASE WHEN (s."searcher_gender" = 'female') THEN s."searched_at" END <= s."searched_at" THEN 2
    WHEN CASE WHEN (s."searcher_gender" = 'female') THEN s."searched_at" END > s."searched_at" THEN 3
    WHEN s."searched_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
WHERE s.id = ANY($1::uuid[])
  AND s."searched_at" > end_of(date '2012-12-31')
  AND ((s."gender" = 'female') AND s."role" IN ('offender', 'suspect'))
