-- ENT-04 version 1: 影响企业经营的查封、扣押审批级别不足
-- Generated from audit-rules/item/ENT-04-business.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  s."taken_at" AS opened_at,
  s."taken_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."approved_at" <= s."taken_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."approval_level") >= 4) THEN s."taken_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-04') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."taken_at" IS NULL THEN 6
    WHEN CASE WHEN (s."approved_at" <= s."taken_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."approval_level") >= 4) THEN s."taken_at" END <= s."taken_at" THEN 2
    WHEN CASE WHEN (s."approved_at" <= s."taken_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."approval_level") >= 4) THEN s."taken_at" END > s."taken_at" THEN 3
    WHEN s."taken_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
WHERE s.id = ANY($1::uuid[])
  AND s."taken_at" > end_of(date '2020-08-31')
  AND ((((s."enterprise" OR t1."enterprise") AND s."how" IN ('seized', 'sealed')) AND ((t1."kind" = 'criminal') OR ((s."case_id" IS NULL) AND (NOT ((s."administrative") IS TRUE))))) AND (s."business_impact" OR s."value" >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-04' AND p.name = 'high' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."taken_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."taken_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)))
