-- CAS-11b version 1: 当场处罚未及时备案
-- Generated from audit-rules/case/CAS-11b-on-spot-filed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  s."on_spot_filed_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-11b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."on_spot_filed_at" < CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END THEN 6
    WHEN s."on_spot_filed_at" <= d.due THEN 2
    WHEN s."on_spot_filed_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT (CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-11b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (s."on_spot_returned_at" IS NOT NULL) THEN s."on_spot_returned_at" ELSE s."on_spot_at" END > end_of(date '2012-12-31')
  AND ((s."kind" = 'public_order') AND (s."on_spot_at" IS NOT NULL))
