-- CMP-04 version 1: 信访复查复核超期
-- Generated from audit-rules/complaint/CMP-04-review.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."handler_id" AS person_id,
  e."requested_at" AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '120 hours') AS warn_at,
  e."answered_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-04') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."answered_at" < e."requested_at" THEN 6
    WHEN e."answered_at" <= d.due THEN 2
    WHEN e."answered_at" <= d.latest THEN 6
    WHEN e."answered_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "complaint" s
  JOIN "complaint_review" e ON e."complaint_id" = s.id
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN e."requested_at" > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(e."requested_at", 30, 'd', y.pauses, true) END AS latest FROM (SELECT CASE WHEN y.pauses IS NULL THEN end_of(roll_forward((local_day(e."requested_at") + 30))) ELSE due_paused(e."requested_at", 30, 'd', y.pauses, true) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT (SELECT range_agg(pause(t1.started_at, t1.ended_at)) FROM "complaint_hearing" t1 WHERE t1."complaint_id" = s.id) AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND e."requested_at" > end_of(date '2022-04-30')
