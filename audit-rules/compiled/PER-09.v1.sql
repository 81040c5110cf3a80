-- PER-09 version 1: 传唤后未及时通知家属
-- Generated from audit-rules/stay/PER-09-family.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '30 minutes') AS warn_at,
  s."family_told_at" AS met_at,
  (CASE WHEN (s."family_not_told" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-09') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN s."family_told_at" <= b.at THEN 2
    WHEN s."family_told_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT (s."arrived_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-09' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."arrived_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."arrived_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2012-12-31')
  AND (((s."role" = 'offender') AND s."basis" IN ('admin_summons', 'oral_summons', 'coerced_summons', 'brought_in')) OR (s."basis" = 'continued_questioning'))
