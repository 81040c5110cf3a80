-- CAS-31b version 1: 补充侦查超过二次
-- Generated from audit-rules/case/CAS-31b-supplement-twice.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."returned_at" AS opened_at,
  e."returned_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-31b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."returned_at" IS NULL THEN 6
    WHEN m.at <= e."returned_at" THEN 2
    WHEN m.at > e."returned_at" THEN 3
    WHEN e."returned_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  JOIN "case_supplement" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (SELECT count(*) FROM "case_supplement" t1 WHERE t1."case_id" = s.id AND t1."returned_at" <= e."returned_at") <= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-31b' AND p.name = 'times' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."returned_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."returned_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1) THEN e."returned_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."returned_at" > end_of(date '2012-12-31')
