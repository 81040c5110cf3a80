-- PER-16 version 2: 未见饮食休息保障记录
-- Generated from audit-rules/stay/PER-16-care-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (s."clerk_id" IS NOT NULL) THEN s."clerk_id" ELSE s."lead_id" END AS person_id,
  s."entered_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '1 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-16') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT (s."entered_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-16' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."entered_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."entered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT CASE WHEN (SELECT min(v.x) FROM (SELECT t1."started_at" AS x FROM "stay_care" t1 WHERE t1."stay_id" = s.id AND (t1."kind" = 'meal') OFFSET 0) v) IS NOT NULL AND (SELECT min(v.x) FROM (SELECT t2."started_at" AS x FROM "stay_care" t2 WHERE t2."stay_id" = s.id AND (t2."kind" = 'rest') OFFSET 0) v) IS NOT NULL THEN GREATEST((SELECT min(v.x) FROM (SELECT t1."started_at" AS x FROM "stay_care" t1 WHERE t1."stay_id" = s.id AND (t1."kind" = 'meal') OFFSET 0) v), (SELECT min(v.x) FROM (SELECT t2."started_at" AS x FROM "stay_care" t2 WHERE t2."stay_id" = s.id AND (t2."kind" = 'rest') OFFSET 0) v)) END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."entered_at" > end_of(date '2025-12-31')
  AND ((s."left_at" IS NULL) OR s."left_at" > (s."entered_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-16' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."entered_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."entered_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour'))
