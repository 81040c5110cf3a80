-- PER-18b version 1: 离区时未返还随身财物
-- Generated from audit-rules/stay/PER-18b-returned.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (e."keeper_id" IS NOT NULL) THEN e."keeper_id" ELSE s."lead_id" END AS person_id,
  s."left_at" AS opened_at,
  b.at AS due_at,
  NULL::timestamptz AS warn_at,
  e."returned_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-18b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN e."returned_at" <= b.at THEN 2
    WHEN e."returned_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  JOIN "stay_belonging" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT (s."left_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-18b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."left_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."left_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."left_at" > end_of(date '2012-12-31')
  AND ((e."daily" IS DISTINCT FROM TRUE) AND (e."converted_at" IS NULL))
