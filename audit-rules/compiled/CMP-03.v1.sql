-- CMP-03 version 1: 信访事项办理超期
-- Generated from audit-rules/complaint/CMP-03-closed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."handler_id" AS person_id,
  s."accepted_at" AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '168 hours') AS warn_at,
  LEAST(s."answered_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-03') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at") < s."accepted_at" THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at") <= d.latest THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at", s."merged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "complaint" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN s."accepted_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(s."accepted_at", 60 + y.k * 30, 'd', NULL, true) END AS latest FROM (SELECT end_of(roll_forward((local_day(s."accepted_at") + 60 + y.k * 30))) AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= end_of(roll_forward((local_day(s."accepted_at") + 60))) THEN 1 ELSE 0 END AS k FROM (SELECT NULL::tstzmultirange AS pauses, (SELECT array_agg(t1.approved_at ORDER BY t1.approved_at) FROM "complaint_extension" t1 WHERE t1."complaint_id" = s.id AND (array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t1."level") >= 4 AND (t1."reason_told_at" IS NOT NULL)) AND t1.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."accepted_at" > end_of(date '2022-04-30')
  AND ((s."channel" = 'petition') AND (NOT ((s."other_procedure") IS TRUE)))
