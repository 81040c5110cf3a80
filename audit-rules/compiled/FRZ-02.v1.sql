-- FRZ-02 version 1: 止付期满前未立案冻结
-- Generated from audit-rules/freeze/FRZ-02-file.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  o.at AS opened_at,
  b.at AS due_at,
  (b.at - interval '8 hours') AS warn_at,
  LEAST(CASE WHEN t3."filed_at" <= s."frozen_at" THEN s."frozen_at" ELSE NULL END, t3."transferred_at", t3."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM "freeze_stop" t4 WHERE t4."freeze_id" = s.id AND ((t4."ended_at" IS NOT NULL) AND t4."reason" IN ('no_facts', 'unrelated'))) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-02') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN LEAST(CASE WHEN t3."filed_at" <= s."frozen_at" THEN s."frozen_at" ELSE NULL END, t3."transferred_at", t3."merged_at") <= b.at THEN 2
    WHEN NOT (CASE WHEN o.at > least(b.at, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'bank' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'bank' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(o.at, least(b.at, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN LEAST(CASE WHEN t3."filed_at" <= s."frozen_at" THEN s."frozen_at" ELSE NULL END, t3."transferred_at", t3."merged_at") > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  LEFT JOIN "case" t3 ON t3.id = s."case_id"
  CROSS JOIN LATERAL (SELECT (SELECT min(v.x) FROM (SELECT t1."stopped_at" AS x FROM "freeze_stop" t1 WHERE t1."freeze_id" = s.id OFFSET 0) v) AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT ((SELECT max(v.x) FROM (SELECT t2."stopped_at" AS x FROM "freeze_stop" t2 WHERE t2."freeze_id" = s.id OFFSET 0) v) + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-02' AND p.name = 'stop' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2016-05-31')
