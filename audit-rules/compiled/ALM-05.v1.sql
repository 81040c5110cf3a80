-- ALM-05 version 1: 上门报案“三个当场”未落实
-- Generated from audit-rules/alarm/ALM-05-walk-in.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."received_by_id" AS person_id,
  s."received_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '1 hours') AS warn_at,
  CASE WHEN s."registered_at" IS NOT NULL AND CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END IS NOT NULL AND CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END IS NOT NULL THEN GREATEST(s."registered_at", CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END, CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END) END AS met_at,
  (CASE WHEN ((s."secret") IS TRUE) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-05') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN s."registered_at" IS NOT NULL AND CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END IS NOT NULL AND CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END IS NOT NULL THEN GREATEST(s."registered_at", CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END, CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END) END < s."received_at" THEN 6
    WHEN CASE WHEN s."registered_at" IS NOT NULL AND CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END IS NOT NULL AND CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END IS NOT NULL THEN GREATEST(s."registered_at", CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END, CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END) END <= d.due THEN 2
    WHEN CASE WHEN s."registered_at" IS NOT NULL AND CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END IS NOT NULL AND CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END IS NOT NULL THEN GREATEST(s."registered_at", CASE WHEN s."no_materials" THEN s."registered_at" ELSE s."materials_at" END, CASE WHEN s."query_told" THEN s."receipt_at" ELSE NULL END) END > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT (s."received_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-05' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2015-11-30')
  AND ((s."channel" = 'walk_in') AND s."intake_category" IN ('criminal', 'public_order'))
