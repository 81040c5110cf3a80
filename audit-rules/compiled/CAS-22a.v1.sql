-- CAS-22a version 1: 侦查羁押期限届满
-- Generated from audit-rules/case/CAS-22a-custody.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END AS opened_at,
  d.due AS due_at,
  (d.due - interval '240 hours') AS warn_at,
  LEAST(e."ended_at", CASE WHEN s."investigation_ended_at" >= e."started_at" THEN s."investigation_ended_at" ELSE NULL END, CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, CASE WHEN s."withdrawn_at" >= e."started_at" THEN s."withdrawn_at" ELSE NULL END) AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-22a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(e."ended_at", CASE WHEN s."investigation_ended_at" >= e."started_at" THEN s."investigation_ended_at" ELSE NULL END, CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, CASE WHEN s."withdrawn_at" >= e."started_at" THEN s."withdrawn_at" ELSE NULL END) < CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END THEN 6
    WHEN LEAST(e."ended_at", CASE WHEN s."investigation_ended_at" >= e."started_at" THEN s."investigation_ended_at" ELSE NULL END, CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, CASE WHEN s."withdrawn_at" >= e."started_at" THEN s."withdrawn_at" ELSE NULL END) <= d.due THEN 2
    WHEN LEAST(e."ended_at", CASE WHEN s."investigation_ended_at" >= e."started_at" THEN s."investigation_ended_at" ELSE NULL END, CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, CASE WHEN s."withdrawn_at" >= e."started_at" THEN s."withdrawn_at" ELSE NULL END) > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT FROM "case_custody_term" t1 WHERE t1."case_id" = s.id AND ((((t1."of" IS NOT DISTINCT FROM e."number") AND (t1."stage" = 'first')) AND array_position(ARRAY['county', 'city', 'province']::text[], t1."approver") >= 2) AND t1."approved_at" <= end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), +2)))) THEN CASE WHEN EXISTS (SELECT FROM "case_custody_term" t2 WHERE t2."case_id" = s.id AND ((((t2."of" IS NOT DISTINCT FROM e."number") AND (t2."stage" = 'second')) AND array_position(ARRAY['county', 'city', 'province']::text[], t2."approver") >= 3) AND t2."approved_at" <= end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), +3)))) THEN CASE WHEN EXISTS (SELECT FROM "case_custody_term" t3 WHERE t3."case_id" = s.id AND ((((t3."of" IS NOT DISTINCT FROM e."number") AND (t3."stage" = 'third')) AND array_position(ARRAY['county', 'city', 'province']::text[], t3."approver") >= 3) AND t3."approved_at" <= end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), +5)))) THEN end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), 7)) ELSE end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), 5)) END ELSE end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), 3)) END ELSE end_of(add_months(local_day(CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END), 2)) END AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (e."custody_from" IS NOT NULL) THEN e."custody_from" ELSE e."started_at" END > end_of(date '2012-12-31')
  AND (e."kind" = 'arrest')
