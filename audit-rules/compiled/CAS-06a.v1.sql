-- CAS-06a version 1: 行政执法机关移送案件审查超时
-- Generated from audit-rules/case/CAS-06a-referral.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."referred_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  LEAST(s."filed_at", s."refused_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-06a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."filed_at", s."refused_at", s."transferred_at", s."merged_at") < s."referred_at" THEN 6
    WHEN LEAST(s."filed_at", s."refused_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."filed_at", s."refused_at", s."transferred_at", s."merged_at") <= d.latest THEN 6
    WHEN LEAST(s."filed_at", s."refused_at", s."transferred_at", s."merged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."referred_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."referred_at", 3, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."referred_at") + 3))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."referred_at" > end_of(date '2012-12-31')
  AND (s."kind" = 'criminal')
