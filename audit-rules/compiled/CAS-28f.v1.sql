-- CAS-28f version 1: 办案活动迟录
-- Generated from audit-rules/case/CAS-28f-act-entered.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END AS opened_at,
  d.due AS due_at,
  NULL::timestamptz AS warn_at,
  e."entered_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-28f') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."entered_at" < CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END THEN 6
    WHEN e."entered_at" <= d.due THEN 2
    WHEN e."entered_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "case" s
  JOIN "case_act" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT (CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-28f' AND p.name = 'entry' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END) AND (p.to_on IS NULL OR p.to_on > local_day(CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND CASE WHEN (e."ended_at" IS NOT NULL) THEN e."ended_at" ELSE e."started_at" END > end_of(date '2012-12-31')
  AND (e."entered_at" IS NOT NULL)
