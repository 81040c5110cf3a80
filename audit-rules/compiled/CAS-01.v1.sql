-- CAS-01 version 1: 行政案件受案审查超时
-- Generated from audit-rules/case/CAS-01-accept-2015.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."reported_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  LEAST(s."accepted_at", s."filed_at", s."refused_at", s."transferred_at", s."merged_at", s."on_spot_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-01') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."accepted_at", s."filed_at", s."refused_at", s."transferred_at", s."merged_at", s."on_spot_at") < s."reported_at" THEN 6
    WHEN LEAST(s."accepted_at", s."filed_at", s."refused_at", s."transferred_at", s."merged_at", s."on_spot_at") <= d.due THEN 2
    WHEN LEAST(s."accepted_at", s."filed_at", s."refused_at", s."transferred_at", s."merged_at", s."on_spot_at") <= d.latest THEN 6
    WHEN LEAST(s."accepted_at", s."filed_at", s."refused_at", s."transferred_at", s."merged_at", s."on_spot_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."reported_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN s."complex" THEN due_latest(s."reported_at", 3, 'd', NULL, true) ELSE due_latest(s."reported_at", 24, 'h', NULL, true) END END AS latest FROM (SELECT CASE WHEN s."complex" THEN end_of(roll_forward((local_day(s."reported_at") + 3))) ELSE (s."reported_at" + interval '24 hours') END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."reported_at" > end_of(date '2015-11-30')
  AND s."reported_at" <= end_of(date '2025-12-31')
  AND (s."kind" IS DISTINCT FROM 'criminal')
