-- PRO-08a version 1: 与刑事案件无关财物未及时解除退还
-- Generated from audit-rules/item/PRO-08a-unrelated-criminal.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  s."unrelated_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '24 hours') AS warn_at,
  LEAST(s."lifted_at", s."disposed_at") AS met_at,
  (CASE WHEN (s."owner_notice_at" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-08a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."lifted_at", s."disposed_at") < s."unrelated_at" THEN 6
    WHEN LEAST(s."lifted_at", s."disposed_at") <= d.due THEN 2
    WHEN LEAST(s."lifted_at", s."disposed_at") <= d.latest THEN 6
    WHEN LEAST(s."lifted_at", s."disposed_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN (s."enterprise" OR t1."enterprise") THEN 3 ELSE 2 END)::smallint AS severity,
  d.latest AS latest_at
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."unrelated_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."unrelated_at", 3, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."unrelated_at") + 3))) AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."unrelated_at" > end_of(date '2012-12-31')
  AND (t1."kind" = 'criminal')
