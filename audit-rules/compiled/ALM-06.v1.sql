-- ALM-06 version 1: 紧急处置后未及时接报案登记
-- Generated from audit-rules/alarm/ALM-06-register-after.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  (SELECT t1."officer_id" FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id ORDER BY t1.seq, t1.id LIMIT 1) AS person_id,
  o.at AS opened_at,
  (o.at + interval '24 hours') AS due_at,
  ((o.at + interval '24 hours') - interval '4 hours') AS warn_at,
  LEAST(s."registered_at", t3."reported_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-06') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN (o.at + interval '24 hours') IS NULL THEN 6
    WHEN LEAST(s."registered_at", t3."reported_at") <= (o.at + interval '24 hours') THEN 2
    WHEN LEAST(s."registered_at", t3."reported_at") > (o.at + interval '24 hours') THEN 3
    WHEN (o.at + interval '24 hours') < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "alarm" s
  LEFT JOIN "case" t3 ON t3.id = s."case_id"
  CROSS JOIN LATERAL (SELECT (SELECT max(v.x) FROM (SELECT t2."handled_at" AS x FROM "alarm_dispatch" t2 WHERE t2."alarm_id" = s.id OFFSET 0) v) AS at OFFSET 0) o
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2015-11-30')
  AND ((((s."priority" = 'urgent') AND (s."channel" IS DISTINCT FROM 'walk_in')) AND (s."intake_category" IN ('criminal', 'public_order') OR s."feedback_category" IN ('criminal', 'public_order'))) AND (NOT ((s."disposition" IN ('duplicate', 'diverted', 'withdrawn')) IS TRUE)))
