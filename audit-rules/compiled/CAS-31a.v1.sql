-- CAS-31a version 1: 补充侦查超期
-- Generated from audit-rules/case/CAS-31a-supplement.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."returned_at" AS opened_at,
  end_of(add_months(local_day(e."returned_at"), 1)) AS due_at,
  (end_of(add_months(local_day(e."returned_at"), 1)) - interval '120 hours') AS warn_at,
  LEAST(e."resent_at", CASE WHEN s."withdrawn_at" >= e."returned_at" THEN s."withdrawn_at" ELSE NULL END) AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-31a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN end_of(add_months(local_day(e."returned_at"), 1)) IS NULL THEN 6
    WHEN LEAST(e."resent_at", CASE WHEN s."withdrawn_at" >= e."returned_at" THEN s."withdrawn_at" ELSE NULL END) < e."returned_at" THEN 6
    WHEN LEAST(e."resent_at", CASE WHEN s."withdrawn_at" >= e."returned_at" THEN s."withdrawn_at" ELSE NULL END) <= end_of(add_months(local_day(e."returned_at"), 1)) THEN 2
    WHEN LEAST(e."resent_at", CASE WHEN s."withdrawn_at" >= e."returned_at" THEN s."withdrawn_at" ELSE NULL END) > end_of(add_months(local_day(e."returned_at"), 1)) THEN 3
    WHEN end_of(add_months(local_day(e."returned_at"), 1)) < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_supplement" e ON e."case_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."returned_at" > end_of(date '2012-12-31')
