-- FRZ-01b version 1: 同一账户紧急止付超过两次
-- Generated from audit-rules/freeze/FRZ-01b-twice.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  e."stopped_at" AS opened_at,
  e."stopped_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-01b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."stopped_at" IS NULL THEN 6
    WHEN m.at <= e."stopped_at" THEN 2
    WHEN m.at > e."stopped_at" THEN 3
    WHEN e."stopped_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
  JOIN "freeze_stop" e ON e."freeze_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN (((SELECT count(*) FROM "freeze_stop" t1 WHERE t1."freeze_id" = s.id AND t1."stopped_at" <= e."stopped_at"))::float8 + ((SELECT coalesce(sum(v.x), 0)::float8 FROM (SELECT (SELECT count(*) FROM "freeze_stop" t3 WHERE t3."freeze_id" = t2.id AND t3."stopped_at" <= e."stopped_at") AS x FROM "freeze" t2 WHERE t2."account" = s."account" AND t2.id <> s.id OFFSET 0) v))::float8) <= (SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'FRZ-01b' AND p.name = 'times' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."stopped_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."stopped_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1) THEN e."stopped_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."stopped_at" > end_of(date '2016-05-31')
