-- LIC-02a version 1: 许可决定超期
-- Generated from audit-rules/licence/LIC-02a-decide.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."approver_id" AS person_id,
  CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END AS opened_at,
  nullif(d.due, 'infinity') AS due_at,
  (nullif(d.due, 'infinity') - interval '72 hours') AS warn_at,
  s."decided_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-02a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN s."decided_at" < CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END THEN 6
    WHEN s."decided_at" <= d.due THEN 2
    WHEN s."decided_at" <= d.latest THEN 6
    WHEN s."decided_at" > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  nullif(d.latest, 'infinity') AS latest_at
FROM "licence" s
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN s."joint" THEN due_latest(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 45 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int, 'wd', y.pauses, true) ELSE due_latest(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 20 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int, 'wd', y.pauses, true) END END AS latest FROM (SELECT CASE WHEN s."joint" THEN CASE WHEN y.pauses IS NULL THEN end_of(add_working_days(local_day(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END), 45 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int)) ELSE due_paused(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 45 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int, 'wd', y.pauses, true) END ELSE CASE WHEN y.pauses IS NULL THEN end_of(add_working_days(local_day(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END), 20 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int)) ELSE due_paused(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 20 + y.k * nullif(least(greatest(floor(CASE WHEN s."joint" THEN 15 ELSE 10 END), 0), 100000), 0)::int, 'wd', y.pauses, true) END END AS due, y.pauses, y.k FROM (SELECT w.pauses, CASE WHEN w.approved[1] <= CASE WHEN s."joint" THEN CASE WHEN w.pauses IS NULL THEN end_of(add_working_days(local_day(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END), 45)) ELSE due_paused(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 45, 'wd', w.pauses, true) END ELSE CASE WHEN w.pauses IS NULL THEN end_of(add_working_days(local_day(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END), 20)) ELSE due_paused(CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END, 20, 'wd', w.pauses, true) END END THEN 1 ELSE 0 END AS k FROM (SELECT (SELECT range_agg(pause(t1.started_at, t1.ended_at)) FROM "licence_suspension" t1 WHERE t1."licence_id" = s.id AND t1."told_in_writing") AS pauses, (SELECT array_agg(t2.approved_at ORDER BY t2.approved_at) FROM "licence_extension" t2 WHERE t2."licence_id" = s.id AND ((t2."reason_told_at" IS NOT NULL) AND CASE WHEN s."joint" THEN t2."by_government" ELSE ((array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], t2."level") >= 4) IS TRUE) END) AND t2.approved_at IS NOT NULL) AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN s."deemed_accepted" THEN s."received_at" ELSE s."accepted_at" END > end_of(date '2004-06-30')
