-- BWC-04 version 1: 执法音视频入库超时
-- Generated from audit-rules/recording/BWC-04-upload.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."wearer_id" AS person_id,
  CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  s."uploaded_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'BWC-04') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN s."uploaded_at" <= b.at THEN 2
    WHEN NOT (CASE WHEN CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END > least(b.at, $2::timestamptz) THEN TRUE ELSE coalesce((SELECT range_agg(tstzrange(f.from_at, f.to_at, '[]')) FROM feed_interval f WHERE f.feed = 'camera_dock' AND f.unit_id IS NOT DISTINCT FROM (SELECT g.unit_id FROM feed_interval g WHERE g.feed = 'camera_dock' AND (g.unit_id IS NULL OR g.unit_id = ANY(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'))) ORDER BY array_position(coalesce((SELECT u.path FROM unit u WHERE u.id = s."unit_id"), '{}'), g.unit_id) DESC NULLS LAST LIMIT 1)) @> tstzrange(CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END, least(b.at, $2::timestamptz), '[]'), FALSE) END) THEN 6
    WHEN s."uploaded_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN ((s."intact" = FALSE) OR s."uploaded_at" > (s."ended_at" + interval '72 hours')) THEN 2 ELSE 1 END)::smallint AS severity
FROM "recording" s
  CROSS JOIN LATERAL (SELECT (CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'BWC-04' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (s."away_reported" OR (s."returned_at" IS NOT NULL)) THEN s."returned_at" ELSE s."ended_at" END > end_of(date '2016-06-30')
  AND (s."source" = 'camera')
