-- ALM-09 version 1: 案件类警情未受（立）案
-- Generated from audit-rules/alarm/ALM-09-case.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  (SELECT t1."officer_id" FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id ORDER BY t1.seq, t1.id LIMIT 1) AS person_id,
  o.at AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  CASE WHEN o.at IS NOT NULL AND LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END) IS NOT NULL THEN GREATEST(o.at, LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END)) END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-09') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN o.at IS NOT NULL AND LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END) IS NOT NULL THEN GREATEST(o.at, LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END)) END < o.at THEN 6
    WHEN CASE WHEN o.at IS NOT NULL AND LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END) IS NOT NULL THEN GREATEST(o.at, LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END)) END <= d.due THEN 2
    WHEN CASE WHEN o.at IS NOT NULL AND LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END) IS NOT NULL THEN GREATEST(o.at, LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END)) END <= d.latest THEN 6
    WHEN CASE WHEN o.at IS NOT NULL AND LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END) IS NOT NULL THEN GREATEST(o.at, LEAST(t3."accepted_at", t3."filed_at", t3."refused_at", t3."on_spot_at", t3."merged_at", t3."transferred_at", CASE WHEN (s."no_case_reason" IS NOT NULL) THEN s."no_case_at" ELSE NULL END)) END > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN (s."re_reports" >= 2 OR (((s."intake_category" IN ('criminal', 'public_order') AND (s."feedback_category" IS NOT NULL)) AND (NOT ((s."feedback_category" IN ('criminal', 'public_order')) IS TRUE))) AND (s."downgrade_reviewed_at" IS NULL))) THEN 3 ELSE 2 END)::smallint AS severity,
  d.latest AS latest_at
FROM "alarm" s
  LEFT JOIN "case" t3 ON t3.id = s."case_id"
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."handled_at" IS NOT NULL) THEN s."handled_at" ELSE (SELECT max(v.x) FROM (SELECT t2."handled_at" AS x FROM "alarm_dispatch" t2 WHERE t2."alarm_id" = s.id OFFSET 0) v) END AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN o.at > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN ((s."complex" OR (s."intake_category" = 'criminal')) OR (s."feedback_category" = 'criminal')) THEN due_latest(o.at, 3, 'd', NULL, true) ELSE due_latest(o.at, 24, 'h', NULL, true) END END AS latest FROM (SELECT CASE WHEN ((s."complex" OR (s."intake_category" = 'criminal')) OR (s."feedback_category" = 'criminal')) THEN end_of(roll_forward((local_day(o.at) + 3))) ELSE (o.at + interval '24 hours') END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2015-11-30')
  AND (s."intake_category" IN ('criminal', 'public_order') OR s."feedback_category" IN ('criminal', 'public_order'))
