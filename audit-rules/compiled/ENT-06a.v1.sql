-- ENT-06a version 1: 涉企检查手续不全
-- Generated from audit-rules/inspection/ENT-06a-formalities.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  NULL::int AS person_id,
  s."started_at" AS opened_at,
  s."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-06a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."started_at" IS NULL THEN 6
    WHEN m.at <= s."started_at" THEN 2
    WHEN m.at > s."started_at" THEN 3
    WHEN s."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "inspection" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (((((s."item_published" AND s."approved_at" <= s."started_at") AND CASE WHEN s."kind" IN ('complaint', 'accident', 'assigned') THEN (s."notice_at" IS NOT NULL) ELSE ((s."notice_at" <= s."started_at") IS TRUE) END) AND (SELECT count(*) FROM person t1 WHERE t1.id = ANY(s."inspectors_ids")) >= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-06a' AND p.name = 'officers' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)) AND NOT EXISTS (SELECT FROM person t2 WHERE t2.id = ANY(s."inspectors_ids") AND NOT (((t2.kind = 'police' AND t2.qualification <> 'none')) IS TRUE))) AND s."scanned_at" <= (s."started_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-06a' AND p.name = 'scan' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) THEN s."started_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."started_at" > end_of(date '2024-12-31')
