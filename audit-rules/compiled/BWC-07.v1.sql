-- BWC-07 version 1: 执法音视频核验不一致
-- Generated from audit-rules/recording/BWC-07-intact.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."wearer_id" AS person_id,
  e."checked_at" AS opened_at,
  e."checked_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (e."result" = 'intact') THEN e."checked_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-07') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."checked_at" IS NULL THEN 6
    WHEN CASE WHEN (e."result" = 'intact') THEN e."checked_at" END <= e."checked_at" THEN 2
    WHEN CASE WHEN (e."result" = 'intact') THEN e."checked_at" END > e."checked_at" THEN 3
    WHEN e."checked_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "recording" s
  JOIN "recording_check" e ON e."recording_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."checked_at" > end_of(date '2025-12-31')
