-- CAS-06b version 1: 移送材料不全未按时通知补正
-- Generated from audit-rules/case/CAS-06b-missing-papers.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."referred_at" AS opened_at,
  (s."referred_at" + interval '24 hours') AS due_at,
  ((s."referred_at" + interval '24 hours') - interval '4 hours') AS warn_at,
  s."papers_asked_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-06b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (s."referred_at" + interval '24 hours') IS NULL THEN 6
    WHEN s."papers_asked_at" < s."referred_at" THEN 6
    WHEN s."papers_asked_at" <= (s."referred_at" + interval '24 hours') THEN 2
    WHEN s."papers_asked_at" > (s."referred_at" + interval '24 hours') THEN 3
    WHEN (s."referred_at" + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
WHERE s.id = ANY($1::uuid[])
  AND s."referred_at" > end_of(date '2012-12-31')
  AND ((s."kind" = 'criminal') AND s."papers_missing")
