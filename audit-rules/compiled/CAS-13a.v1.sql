-- CAS-13a version 1: 未告知听证权利
-- Generated from audit-rules/case/CAS-13a-hearing-told-2012.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-13a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN m.at <= s."decided_at" THEN 2
    WHEN m.at > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."hearing_told_at" <= s."decided_at" AND (((s."hearing_asked_at" IS NOT NULL) OR (s."hearing_waived_at" IS NOT NULL)) OR end_of(local_day(s."hearing_told_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-13a' AND p.name = 'ask' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."decided_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."decided_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) < s."decided_at")) THEN s."decided_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2012-12-31')
  AND s."decided_at" <= end_of(date '2025-12-31')
  AND ((s."kind" IS DISTINCT FROM 'criminal') AND (((s."decision" = 'revocation') OR ((s."kind" = 'other_admin') AND (s."decision" = 'closure'))) OR (s."decision" IN ('fine', 'detention') AND s."fine" >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-13a' AND p.name = 'fine' AND p.key = s."kind" AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."decided_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."decided_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1))))
