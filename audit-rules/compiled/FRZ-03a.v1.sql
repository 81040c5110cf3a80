-- FRZ-03a version 1: 冻结未经有权负责人事先批准
-- Generated from audit-rules/freeze/FRZ-03a-level.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."frozen_at" AS opened_at,
  s."frozen_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."approved_at" <= s."frozen_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."level") >= CASE WHEN (s."kind" = 'listed_shares') THEN 6 ELSE CASE WHEN (s."kind" = 'shares') THEN 5 ELSE 4 END END) THEN s."frozen_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-03a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."frozen_at" IS NULL THEN 6
    WHEN CASE WHEN (s."approved_at" <= s."frozen_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."level") >= CASE WHEN (s."kind" = 'listed_shares') THEN 6 ELSE CASE WHEN (s."kind" = 'shares') THEN 5 ELSE 4 END END) THEN s."frozen_at" END <= s."frozen_at" THEN 2
    WHEN CASE WHEN (s."approved_at" <= s."frozen_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."level") >= CASE WHEN (s."kind" = 'listed_shares') THEN 6 ELSE CASE WHEN (s."kind" = 'shares') THEN 5 ELSE 4 END END) THEN s."frozen_at" END > s."frozen_at" THEN 3
    WHEN s."frozen_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "freeze" s
WHERE s.id = ANY($1::uuid[])
  AND s."frozen_at" > end_of(date '2012-12-31')
