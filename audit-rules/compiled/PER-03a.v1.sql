-- PER-03a version 1: 未先进行人身安全检查
-- Generated from audit-rules/stay/PER-03a-search.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."entered_at" AS opened_at,
  b.at AS due_at,
  NULL::timestamptz AS warn_at,
  s."searched_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-03a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN s."searched_at" <= b.at THEN 2
    WHEN s."searched_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT LEAST((SELECT min(v.x) FROM (SELECT t1."started_at" AS x FROM "stay_interview" t1 WHERE t1."stay_id" = s.id OFFSET 0) v), (s."entered_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-03a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."entered_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."entered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."entered_at" > end_of(date '2012-12-31')
  AND s."role" IN ('offender', 'suspect')
