-- PER-19a version 1: 民警笔录时间冲突
-- Generated from audit-rules/stay/PER-19a-officer.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."started_at" AS opened_at,
  e."started_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-19a') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."started_at" IS NULL THEN 6
    WHEN m.at <= e."started_at" THEN 2
    WHEN m.at > e."started_at" THEN 3
    WHEN e."started_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  JOIN "stay_interview" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN NOT EXISTS (SELECT FROM link t2 JOIN "stay_interview" t1 ON t1.id = t2.their_id WHERE t2.relation = 12 AND t2.own_id = e.id AND NOT (((t1."ended_at" <= (e."started_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19a' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE) OR ((t1."started_at" >= (e."ended_at" - nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'PER-19a' AND p.name = 'tolerance' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(e."started_at") AND (p.to_on IS NULL OR p.to_on > local_day(e."started_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 minute')) IS TRUE))) THEN e."started_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."started_at" > end_of(date '2012-12-31')
