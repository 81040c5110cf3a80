-- LIC-02c version 1: 下级机关审查超期
-- Generated from audit-rules/licence/LIC-02c-lower.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."acceptor_id" AS person_id,
  s."lower_received_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '72 hours') AS warn_at,
  s."lower_sent_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-02c') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."lower_sent_at" < s."lower_received_at" THEN 6
    WHEN s."lower_sent_at" <= d.due THEN 2
    WHEN s."lower_sent_at" <= d.latest THEN 6
    WHEN s."lower_sent_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "licence" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."lower_received_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."lower_received_at", 20, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(s."lower_received_at"), 20)) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."lower_received_at" > end_of(date '2004-06-30')
