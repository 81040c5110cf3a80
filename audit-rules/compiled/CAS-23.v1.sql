-- CAS-23 version 1: 取保候审、监视居住超过法定最长期限
-- Generated from audit-rules/case/CAS-23-bail-limit.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END AS due_at,
  (CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END - interval '360 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-23') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END IS NULL THEN 6
    WHEN m.at < e."started_at" THEN 6
    WHEN m.at <= CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END THEN 2
    WHEN m.at > CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END THEN 3
    WHEN CASE WHEN (e."kind" = 'bail') THEN end_of(add_months(local_day(e."started_at"), 12)) ELSE end_of(add_months(local_day(e."started_at"), 6)) END < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT LEAST(e."ended_at", CASE WHEN s."prosecuted_at" >= e."started_at" THEN s."prosecuted_at" ELSE NULL END, (SELECT min(v.x) FROM (SELECT t1."started_at" AS x FROM "case_measure" t1 WHERE t1."case_id" = s.id AND (((t1."subject_name" IS NOT DISTINCT FROM e."subject_name") AND t1."kind" IN ('residence', 'detention', 'arrest')) AND t1."started_at" > e."started_at") OFFSET 0) v)) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND e."kind" IN ('bail', 'residence')
