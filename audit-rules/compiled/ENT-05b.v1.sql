-- ENT-05b version 1: 经济犯罪案件挂案未清理
-- Generated from audit-rules/case/ENT-05b-stale-case.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  o.at AS opened_at,
  d.due AS due_at,
  (d.due - interval '720 hours') AS warn_at,
  LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ENT-05b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") < o.at THEN 6
    WHEN LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") <= d.latest THEN 6
    WHEN LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") > d.latest THEN 3
    WHEN d.latest < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity,
  d.latest AS latest_at
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM "case_measure" t1 WHERE t1."case_id" = s.id AND t1."kind" IN ('detention', 'arrest', 'bail', 'residence')) THEN (SELECT max(v.x) FROM (SELECT t2."ended_at" AS x FROM "case_measure" t2 WHERE t2."case_id" = s.id AND t2."kind" IN ('detention', 'arrest', 'bail', 'residence') OFFSET 0) v) ELSE s."filed_at" END AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT y.due, CASE WHEN o.at > (SELECT end_of(published_from - 1) FROM calendar_span) AND y.due <= (SELECT end_of(published_until) FROM calendar_span) THEN y.due ELSE CASE WHEN EXISTS (SELECT FROM "case_measure" t6 WHERE t6."case_id" = s.id AND t6."kind" IN ('detention', 'arrest', 'bail', 'residence')) THEN due_latest(o.at, nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-05b' AND p.name = 'lifted' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int, 'mo', NULL, true) ELSE due_latest(o.at, nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-05b' AND p.name = 'unmeasured' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int, 'mo', NULL, true) END END AS latest FROM (SELECT CASE WHEN EXISTS (SELECT FROM "case_measure" t5 WHERE t5."case_id" = s.id AND t5."kind" IN ('detention', 'arrest', 'bail', 'residence')) THEN end_of(roll_forward(add_months(local_day(o.at), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-05b' AND p.name = 'lifted' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int))) ELSE end_of(roll_forward(add_months(local_day(o.at), nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ENT-05b' AND p.name = 'unmeasured' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 1200), 0)::int))) END AS due, y.pauses, y.k FROM (SELECT w.pauses, 0 AS k FROM (SELECT NULL::tstzmultirange AS pauses, NULL::timestamptz[] AS approved OFFSET 0) w OFFSET 0) y OFFSET 0) y OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2017-12-31')
  AND (((((s."kind" = 'criminal') AND s."economic") AND (s."filed_at" IS NOT NULL)) AND (NOT EXISTS (SELECT FROM "case_measure" t3 WHERE t3."case_id" = s.id AND (t3."kind" IN ('detention', 'arrest', 'bail', 'residence') AND (t3."ended_at" IS NULL))))) AND NOT EXISTS (SELECT FROM "case_measure" t4 WHERE t4."case_id" = s.id AND NOT (((NOT ((t4."kind" IN ('detention', 'arrest', 'bail', 'residence')) IS TRUE)) OR (LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at") IS NULL)) OR ((t4."ended_at" <= LEAST(s."withdrawn_at", s."investigation_ended_at", s."prosecuted_at", s."transferred_at", s."merged_at")) IS TRUE))))
