-- CAS-24b version 1: 撤销案件后未立即释放（解除措施）
-- Generated from audit-rules/case/CAS-24b-withdrawal-release.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."withdrawn_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  e."ended_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-24b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN e."ended_at" < s."withdrawn_at" THEN 6
    WHEN e."ended_at" <= d.due THEN 2
    WHEN e."ended_at" > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN e."kind" IN ('detention', 'arrest') THEN 3 ELSE 2 END)::smallint AS severity
FROM "case" s
  JOIN "case_measure" e ON e."case_id" = s.id
  CROSS JOIN LATERAL (SELECT (s."withdrawn_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-24b' AND p.name = 'release' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."withdrawn_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."withdrawn_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."withdrawn_at" > end_of(date '2012-12-31')
  AND ((e."kind" IN ('detention', 'arrest', 'bail', 'residence') AND e."started_at" <= s."withdrawn_at") AND ((e."ended_at" IS NULL) OR e."ended_at" >= s."withdrawn_at"))
