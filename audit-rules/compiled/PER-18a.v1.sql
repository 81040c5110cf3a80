-- PER-18a version 1: 随身财物保管不规范
-- Generated from audit-rules/stay/PER-18a-belongings.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."listed_at" AS opened_at,
  e."listed_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-18a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."listed_at" IS NULL THEN 6
    WHEN m.at <= e."listed_at" THEN 2
    WHEN m.at > e."listed_at" THEN 3
    WHEN e."listed_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "stay" s
  JOIN "stay_belonging" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN ((((e."signed" AND (e."keeper_id" IS NOT NULL)) AND (e."keeper_id" IS DISTINCT FROM s."lead_id")) AND (NOT ((e."keeper_id" = ANY(s."co_officers_ids")) IS TRUE))) AND NOT EXISTS (SELECT FROM "stay_interview" t1 WHERE t1."stay_id" = s.id AND NOT (NOT ((e."keeper_id" = ANY(t1."officers_ids")) IS TRUE)))) THEN e."listed_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."listed_at" > end_of(date '2012-12-31')
  AND (e."daily" IS DISTINCT FROM TRUE)
