-- CAS-26c version 1: 询（讯）问人无执法资格
-- Generated from audit-rules/stay/CAS-26c-interview.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-26c') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN m.at <= e."started_at" THEN 2
    WHEN m.at > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  JOIN "stay_interview" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM person t1 WHERE t1.id = ANY(e."officers_ids") AND (t1.kind = 'police' AND t1.qualification <> 'none')) THEN e."started_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
