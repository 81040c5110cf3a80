-- LIC-03a version 1: 许可证件未按时颁发送达
-- Generated from audit-rules/licence/LIC-03a-certificate.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."acceptor_id" AS person_id,
  s."decided_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '48 hours') AS warn_at,
  s."certificate_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-03a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."certificate_at" < s."decided_at" THEN 6
    WHEN s."certificate_at" <= d.due THEN 2
    WHEN s."certificate_at" <= d.latest THEN 6
    WHEN s."certificate_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity,
  d.latest AS latest_at
FROM "licence" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."decided_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."decided_at", 10, 'wd', NULL, true) END AS latest FROM (SELECT end_of(add_working_days(local_day(s."decided_at"), 10)) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2004-06-30')
  AND (s."decision" = 'granted')
