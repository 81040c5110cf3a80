-- PER-06b version 1: 延长继续盘问审批不符合规定
-- Generated from audit-rules/stay/PER-06b-approvals.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  e."approved_at" AS opened_at,
  e."approved_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-06b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."approved_at" IS NULL THEN 6
    WHEN m.at <= e."approved_at" THEN 2
    WHEN m.at > e."approved_at" THEN 3
    WHEN e."approved_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  JOIN "stay_extension" e ON e."stay_id" = s.id
  CROSS JOIN LATERAL (SELECT CASE WHEN ((((e."hours" = 24) AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 3) AND e."approved_at" <= (s."arrived_at" + interval '12 hours')) OR ((((e."hours" = 48) AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], e."level") >= 4) AND e."approved_at" <= (s."arrived_at" + interval '24 hours')) AND EXISTS (SELECT FROM "stay_extension" t1 WHERE t1."stay_id" = s.id AND ((t1."hours" = 24) AND t1."approved_at" < e."approved_at")))) THEN e."approved_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."approved_at" > end_of(date '2004-09-30')
  AND (s."basis" = 'continued_questioning')
