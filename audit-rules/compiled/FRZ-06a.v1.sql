-- FRZ-06a version 1: 返还决定缺少资金流向表或者批准级别不够
-- Generated from audit-rules/freeze/FRZ-06a-refund-approval.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."officer_id" AS person_id,
  s."refund_decided_at" AS opened_at,
  s."refund_decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."flow_table_at" <= s."refund_decided_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."refund_level") >= 5) THEN s."refund_decided_at" END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'FRZ-06a') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."refund_decided_at" IS NULL THEN 6
    WHEN CASE WHEN (s."flow_table_at" <= s."refund_decided_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."refund_level") >= 5) THEN s."refund_decided_at" END <= s."refund_decided_at" THEN 2
    WHEN CASE WHEN (s."flow_table_at" <= s."refund_decided_at" AND array_position(ARRAY['unit', 'station', 'duty_county', 'county', 'city', 'province']::text[], s."refund_level") >= 5) THEN s."refund_decided_at" END > s."refund_decided_at" THEN 3
    WHEN s."refund_decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "freeze" s
WHERE s.id = ANY($1::uuid[])
  AND s."refund_decided_at" > end_of(date '2016-09-17')
