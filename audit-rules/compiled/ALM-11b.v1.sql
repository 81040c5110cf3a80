-- ALM-11b version 1: 家庭暴力警情未登记受害人伤情
-- Generated from audit-rules/alarm/ALM-11b-injury.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  (SELECT t1."officer_id" FROM "alarm_dispatch" t1 WHERE t1."alarm_id" = s.id ORDER BY t1.seq, t1.id LIMIT 1) AS person_id,
  o.at AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  CASE WHEN (s."victim_injury" IS NOT NULL) THEN s."injury_recorded_at" ELSE NULL END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-11b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN CASE WHEN (s."victim_injury" IS NOT NULL) THEN s."injury_recorded_at" ELSE NULL END <= b.at THEN 2
    WHEN CASE WHEN (s."victim_injury" IS NOT NULL) THEN s."injury_recorded_at" ELSE NULL END > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT (SELECT max(v.x) FROM (SELECT t2."handled_at" AS x FROM "alarm_dispatch" t2 WHERE t2."alarm_id" = s.id OFFSET 0) v) AS at OFFSET 0) o
  CROSS JOIN LATERAL (SELECT (o.at + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-11b' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(o.at) AND (p.to_on IS NULL OR p.to_on > local_day(o.at)) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
WHERE s.id = ANY($1::uuid[])
  AND o.at > end_of(date '2016-02-29')
  AND (s."domestic_violence" AND (NOT ((s."disposition" IN ('duplicate', 'diverted')) IS TRUE)))
