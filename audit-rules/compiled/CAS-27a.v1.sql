-- CAS-27a version 1: 伤害案件未及时委托伤情鉴定
-- Generated from audit-rules/case/CAS-27a-injury-ordered.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  LEAST(s."accepted_at", s."filed_at") AS opened_at,
  b.at AS due_at,
  (b.at - interval '4 hours') AS warn_at,
  m.at AS met_at,
  (CASE WHEN (s."appraisal_waived_at" IS NOT NULL) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-27a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN b.at IS NULL THEN 6
    WHEN m.at <= b.at THEN 2
    WHEN m.at > b.at THEN 3
    WHEN b.at < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT (LEAST(s."accepted_at", s."filed_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-27a' AND p.name = 'limit' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(LEAST(s."accepted_at", s."filed_at")) AND (p.to_on IS NULL OR p.to_on > local_day(LEAST(s."accepted_at", s."filed_at"))) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int * interval '1 hour') AS at OFFSET 0) b
  CROSS JOIN LATERAL (SELECT (SELECT min(v.x) FROM (SELECT t1."ordered_at" AS x FROM "case_appraisal" t1 WHERE t1."case_id" = s.id AND (t1."kind" = 'injury') OFFSET 0) v) AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND LEAST(s."accepted_at", s."filed_at") > end_of(date '2006-01-31')
  AND (s."injury" AND (s."on_spot_at" IS NULL))
