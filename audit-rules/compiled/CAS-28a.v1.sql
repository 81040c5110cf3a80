-- CAS-28a version 1: 强制措施先执行后审批
-- Generated from audit-rules/case/CAS-28a-approval-first.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (e."approved_at" <= e."started_at" AND ((e."level" IS NULL) OR array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 4)) THEN e."started_at" END AS met_at,
  (CASE WHEN (((e."urgent") IS TRUE) AND ((e."approved_at" <= (e."started_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-28a' AND p.name = 'urgent' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour')) IS TRUE)) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-28a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN CASE WHEN (e."approved_at" <= e."started_at" AND ((e."level" IS NULL) OR array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 4)) THEN e."started_at" END <= e."started_at" THEN 2
    WHEN CASE WHEN (e."approved_at" <= e."started_at" AND ((e."level" IS NULL) OR array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 4)) THEN e."started_at" END > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
  AND ((s."kind" = 'criminal') AND e."kind" IN ('coerced_summons', 'detention', 'bail', 'residence', 'arrest', 'freezing'))
