-- ALM-10 version 1: 警情降格（改类）未审核
-- Generated from audit-rules/alarm/ALM-10-downgrade.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  (SELECT t1."officer_id" FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id ORDER BY t1.seq, t1.id LIMIT 1) AS person_id,
  s."handled_at" AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  s."downgrade_reviewed_at" AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-10') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN s."downgrade_reviewed_at" <= b.at THEN 2
    WHEN s."downgrade_reviewed_at" > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  (CASE WHEN (s."re_reports" >= 1 OR (s."satisfaction" = 'dissatisfied')) THEN 3 ELSE 2 END)::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT CASE WHEN NOT EXISTS (SELECT FROM "alarm_dispatch" t2 WHERE t2."alarm_id" = s.id AND NOT (t2."fed_back_at" IS NOT NULL)) THEN CASE WHEN (SELECT max(v.x) FROM (SELECT t3."fed_back_at" AS x FROM "alarm_dispatch" t3 WHERE t3."alarm_id" = s.id OFFSET 0) v) > s."handled_at" THEN (SELECT max(v.x) FROM (SELECT t4."fed_back_at" AS x FROM "alarm_dispatch" t4 WHERE t4."alarm_id" = s.id OFFSET 0) v) ELSE s."handled_at" END ELSE (s."handled_at" + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-10' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."handled_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."handled_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') END AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND s."handled_at" > end_of(date '2015-11-30')
  AND (s."intake_category" IN ('criminal', 'public_order') AND s."feedback_category" IN ('dispute', 'aid', 'other'))
