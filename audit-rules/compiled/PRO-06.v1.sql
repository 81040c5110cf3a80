-- PRO-06 version 1: 行政扣押（查封）期限届满未处理
-- Generated from audit-rules/item/PRO-06-term.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  t1."lead_id" AS person_id,
  CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '72 hours') AS warn_at,
  LEAST(s."decided_at", s."lifted_at", s."disposed_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PRO-06') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."decided_at", s."lifted_at", s."disposed_at") < CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END THEN 6
    WHEN LEAST(s."decided_at", s."lifted_at", s."disposed_at") <= d.due THEN 2
    WHEN LEAST(s."decided_at", s."lifted_at", s."disposed_at") <= d.latest THEN 6
    WHEN LEAST(s."decided_at", s."lifted_at", s."disposed_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "item" s
  LEFT JOIN "case" t1 ON t1.id = s."case_id"
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE due_latest(CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END, 30 + y.k * 30, 'd', y.pauses, true) END AS latest FROM (SELECT CASE WHEN y.pauses IS NULL THEN end_of(roll_forward((local_day(CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END) + 30 + y.k * 30))) ELSE due_paused(CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END, 30 + y.k * 30, 'd', y.pauses, true) END AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= CASE WHEN w.pauses IS NULL THEN end_of(roll_forward((local_day(CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END) + 30))) ELSE due_paused(CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END, 30, 'd', w.pauses, true) END THEN 1 ELSE 0 END AS k FROM (SELECT (SELECT range_agg(pause(t2.started_at, t2.ended_at)) FROM "item_suspension" t2 WHERE t2."item_id" = s.id) AS pauses, (SELECT array_agg(t3.approved_at ORDER BY t3.approved_at) FROM "item_extension" t3 WHERE t3."item_id" = s.id AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t3."level") >= 4 AND t3.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (s."term_at" IS NOT NULL) THEN s."term_at" ELSE s."taken_at" END > end_of(date '2012-12-31')
  AND ((s."administrative" OR t1."kind" IN ('public_order', 'other_admin')) AND s."how" IN ('seized', 'detained', 'sealed'))
