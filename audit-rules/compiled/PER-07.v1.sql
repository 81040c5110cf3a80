-- PER-07 version 1: 连续传唤
-- Generated from audit-rules/stay/PER-07-back-to-back.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  s."arrived_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-07') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."arrived_at" IS NULL THEN 6
    WHEN m.at <= s."arrived_at" THEN 2
    WHEN m.at > s."arrived_at" THEN 3
    WHEN s."arrived_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT CASE WHEN NOT EXISTS (SELECT FROM "stay" t1 WHERE t1."identity" = s."identity" AND t1."case_id" = s."case_id" AND t1.id <> s.id AND NOT ((((t1."left_at" IS NULL) OR ((t1."arrived_at" >= s."arrived_at") IS TRUE)) OR (((t1."left_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-07' AND p.name = 'gap' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."arrived_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."arrived_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') <= s."arrived_at") IS TRUE)) OR ((t1."basis" IN ('brought_in', 'continued_questioning', 'detention', 'voluntary', 'asked')) IS TRUE))) THEN s."arrived_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2012-12-31')
  AND (((s."case_id" IS NOT NULL) AND s."role" IN ('offender', 'suspect')) AND s."basis" IN ('admin_summons', 'oral_summons', 'coerced_summons', 'criminal_summons', 'detained_summons'))
