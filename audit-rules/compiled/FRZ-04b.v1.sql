-- FRZ-04b version 1: 续冻到期前未再续冻亦未解除
-- Generated from audit-rules/freeze/FRZ-04b-renew-again.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  e."approved_at" AS opened_at,
  e."until_at" AS due_at,
  (e."until_at" - interval '360 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-04b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."until_at" IS NULL THEN 6
    WHEN m.at <= e."until_at" THEN 2
    WHEN m.at > e."until_at" THEN 3
    WHEN e."until_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  JOIN "freeze_renewal" e ON e."freeze_id" = s.id
  CROSS JOIN LATERAL (SELECT LEAST(s."released_at", s."paid_at", s."deducted_at", (SELECT min(v.x) FROM (SELECT t1."approved_at" AS x FROM "freeze_renewal" t1 WHERE t1."freeze_id" = s.id AND t1."approved_at" > e."approved_at" OFFSET 0) v)) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."approved_at" > end_of(date '2012-12-31')
