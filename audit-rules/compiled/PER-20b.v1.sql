-- PER-20b version 1: 送押前未见体检
-- Generated from audit-rules/stay/PER-20b-medical.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."left_at" AS opened_at,
  s."left_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."checked_at" <= s."left_at" AND (s."check_result" = 'fit')) THEN s."left_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-20b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."left_at" IS NULL THEN 6
    WHEN CASE WHEN (s."checked_at" <= s."left_at" AND (s."check_result" = 'fit')) THEN s."left_at" END <= s."left_at" THEN 2
    WHEN CASE WHEN (s."checked_at" <= s."left_at" AND (s."check_result" = 'fit')) THEN s."left_at" END > s."left_at" THEN 3
    WHEN s."left_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
WHERE s.id = ANY($1::uuid[])
  AND s."left_at" > end_of(date '2012-12-31')
  AND s."destination" IN ('detention_house', 'administrative_house')
