-- CAS-26b version 1: 处警带队人员不是有执法资格的民警
-- Generated from audit-rules/alarm/CAS-26b-dispatch.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  e.id AS occurrence,
  coalesce(e."unit_id", s."unit_id") AS unit_id,
  e."officer_id" AS person_id,
  e."arrived_at" AS opened_at,
  e."arrived_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-26b') AND x.subject_id = s.id AND x.occurrence = e.id AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN e."arrived_at" IS NULL THEN 6
    WHEN m.at <= e."arrived_at" THEN 2
    WHEN m.at > e."arrived_at" THEN 3
    WHEN e."arrived_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "alarm" s
  JOIN "alarm_dispatch" e ON e."alarm_id" = s.id
  LEFT JOIN "person" t2 ON t2.id = e."officer_id"
  CROSS JOIN LATERAL (SELECT CASE WHEN CASE WHEN (e."officer_id" IS NULL) THEN EXISTS (SELECT FROM person t1 WHERE t1.id = ANY(e."officers_ids") AND (t1.kind = 'police' AND t1.qualification <> 'none')) ELSE (t2.kind = 'police' AND t2.qualification <> 'none') END THEN e."arrived_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND e."arrived_at" > end_of(date '2016-11-28')
  AND (e."on_scene" AND (NOT ((s."intake_category" IN ('aid', 'other')) IS TRUE)))
