-- ENT-02 version 1: 跨省涉企案件管辖依据不明
-- Generated from audit-rules/case/ENT-02-jurisdiction.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."filed_at" AS opened_at,
  s."filed_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-02') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."filed_at" IS NULL THEN 6
    WHEN m.at <= s."filed_at" THEN 2
    WHEN m.at > s."filed_at" THEN 3
    WHEN s."filed_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN ((s."jurisdiction_basis" IN ('main_place', 'company_place') AND s."jurisdiction_approved_at" <= s."filed_at") AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."jurisdiction_level") >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-02' AND p.name = 'level' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."filed_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."filed_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)) THEN s."filed_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."filed_at" > end_of(date '2025-03-24')
  AND (((s."kind" = 'criminal') AND s."enterprise") AND s."other_province")
