-- PER-20d version 1: 候问室混管混押
-- Generated from audit-rules/stay/PER-20d-mixed.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  CASE WHEN (s."clerk_id" IS NOT NULL) THEN s."clerk_id" ELSE s."lead_id" END AS person_id,
  s."waiting_from" AS opened_at,
  s."waiting_from" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-20d') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."waiting_from" IS NULL THEN 6
    WHEN m.at <= s."waiting_from" THEN 2
    WHEN m.at > s."waiting_from" THEN 3
    WHEN s."waiting_from" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
  CROSS JOIN LATERAL (SELECT CASE WHEN NOT EXISTS (SELECT FROM link t2 JOIN "stay" t1 ON t1.id = t2.their_id WHERE t2.relation = 11 AND t2.own_id = s.id AND NOT (((t1."gender" IS NOT DISTINCT FROM s."gender") AND (((t1."age_class" IN ('under14', 'under16', 'under18')) IS TRUE) IS NOT DISTINCT FROM ((s."age_class" IN ('under14', 'under16', 'under18')) IS TRUE))) AND ((s."case_id" IS NULL) OR (t1."case_id" IS DISTINCT FROM s."case_id")))) THEN s."waiting_from" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."waiting_from" > end_of(date '2012-12-31')
