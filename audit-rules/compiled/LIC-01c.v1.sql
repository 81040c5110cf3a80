-- LIC-01c version 1: 补正材料未一次告知
-- Generated from audit-rules/licence/LIC-01c-told-once.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."acceptor_id" AS person_id,
  e."told_at" AS opened_at,
  e."told_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-01c') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."told_at" IS NULL THEN 6
    WHEN m.at <= e."told_at" THEN 2
    WHEN m.at > e."told_at" THEN 3
    WHEN e."told_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
  JOIN "licence_supplement" e ON e."licence_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN ((SELECT count(*) FROM "licence_supplement" t1 WHERE t1."licence_id" = s.id AND t1."told_at" < e."told_at") = 0) THEN e."told_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."told_at" > end_of(date '2004-06-30')
