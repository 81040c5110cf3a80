-- CMP-06c version 1: 被反映单位自行承办
-- Generated from audit-rules/complaint/CMP-06c-not-itself.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  NULL::int AS person_id,
  s."assigned_at" AS opened_at,
  s."assigned_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."unit_id" IS DISTINCT FROM s."against_id") THEN s."assigned_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-06c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."assigned_at" IS NULL THEN 6
    WHEN CASE WHEN (s."unit_id" IS DISTINCT FROM s."against_id") THEN s."assigned_at" END <= s."assigned_at" THEN 2
    WHEN CASE WHEN (s."unit_id" IS DISTINCT FROM s."against_id") THEN s."assigned_at" END > s."assigned_at" THEN 3
    WHEN s."assigned_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN s."channel" IN ('discipline', 'accusation') THEN 2 ELSE 1 END)::smallint AS severity
FROM "complaint" s
WHERE s.id = ANY($1::uuid[])
  AND s."assigned_at" > end_of(date '2020-12-31')
  AND ((s."against_id" IS NOT NULL) AND (s."channel" IS DISTINCT FROM 'hotline'))
