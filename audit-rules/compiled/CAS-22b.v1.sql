-- CAS-22b version 1: 延长侦查羁押期限未在届满七日前送请
-- Generated from audit-rules/case/CAS-22b-custody-request.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."requested_at" AS opened_at,
  b.at AS due_at,
  NULL::timestamptz AS warn_at,
  e."requested_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-22b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN e."requested_at" <= b.at THEN 2
    WHEN e."requested_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  JOIN "case_custody_term" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT end_of(local_day(e."expires_at") - nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-22b' AND p.name = 'ahead' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."requested_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."requested_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND e."requested_at" > end_of(date '2012-12-31')
