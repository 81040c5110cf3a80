-- PRO-12a version 1: 贵重物品未拍照或者未及时鉴定估价
-- Generated from audit-rules/item/PRO-12a-valuables.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."taken_by_id" AS person_id,
  s."taken_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '72 hours') AS warn_at,
  LEAST(CASE WHEN s."photographed_at" IS NOT NULL AND s."appraised_at" IS NOT NULL THEN GREATEST(s."photographed_at", s."appraised_at") END, s."disposed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-12a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(CASE WHEN s."photographed_at" IS NOT NULL AND s."appraised_at" IS NOT NULL THEN GREATEST(s."photographed_at", s."appraised_at") END, s."disposed_at") < s."taken_at" THEN 6
    WHEN LEAST(CASE WHEN s."photographed_at" IS NOT NULL AND s."appraised_at" IS NOT NULL THEN GREATEST(s."photographed_at", s."appraised_at") END, s."disposed_at") <= d.due THEN 2
    WHEN LEAST(CASE WHEN s."photographed_at" IS NOT NULL AND s."appraised_at" IS NOT NULL THEN GREATEST(s."photographed_at", s."appraised_at") END, s."disposed_at") <= d.latest THEN 6
    WHEN LEAST(CASE WHEN s."photographed_at" IS NOT NULL AND s."appraised_at" IS NOT NULL THEN GREATEST(s."photographed_at", s."appraised_at") END, s."disposed_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "item" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."taken_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."taken_at", nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-12a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."taken_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."taken_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."taken_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PRO-12a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."taken_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."taken_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."taken_at" > end_of(date '2012-12-31')
  AND (s."valuable" OR (s."kind" = 'jewellery'))
