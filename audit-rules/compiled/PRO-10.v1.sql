-- PRO-10 version 1: 涉案款项未及时存入账户
-- Generated from audit-rules/item/PRO-10-account.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  s."deposited_at" AS met_at,
  (CASE WHEN (((s."keep_original") IS TRUE) OR ((s."disposed_at" <= end_of(local_day(s."taken_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-10' AND p.name = 'settled' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int)) IS TRUE)) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-10') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN s."deposited_at" <= b.at THEN 2
    WHEN s."deposited_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "item" s
  CROSS JOIN LATERAL (SELECT (CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-10' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN s."remote" THEN s."returned_to_unit_at" ELSE s."taken_at" END > end_of(date '2015-10-31')
  AND ((s."kind" = 'cash') AND s."how" IN ('seized', 'accepted', 'detained', 'recovered', 'confiscated'))
