-- PER-06d version 1: 将不得送入候问室的人员送入候问室
-- Generated from audit-rules/stay/PER-06d-waiting-room.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."arrived_at" AS opened_at,
  s."arrived_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."waiting_from" IS NULL) THEN s."arrived_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'PER-06d') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."arrived_at" IS NULL THEN 6
    WHEN CASE WHEN (s."waiting_from" IS NULL) THEN s."arrived_at" END <= s."arrived_at" THEN 2
    WHEN CASE WHEN (s."waiting_from" IS NULL) THEN s."arrived_at" END > s."arrived_at" THEN 3
    WHEN s."arrived_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "stay" s
WHERE s.id = ANY($1::uuid[])
  AND s."arrived_at" > end_of(date '2004-09-30')
  AND ((s."basis" = 'continued_questioning') AND (s."pregnant_or_nursing" OR s."age_class" IN ('under14', 'under16', 'over70')))
