-- ALM-08 version 1: 非公安职责事项未告知报案人
-- Generated from audit-rules/alarm/ALM-08-not-police.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."received_by_id" AS person_id,
  s."jurisdiction_at" AS opened_at,
  d.due AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN (s."disputed" OR s."unclear") THEN s."told_in_writing_at" ELSE LEAST(s."told_at", s."told_in_writing_at") END AS met_at,
  (CASE WHEN ((s."no_contact") IS TRUE) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'ALM-08') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN CASE WHEN (s."disputed" OR s."unclear") THEN s."told_in_writing_at" ELSE LEAST(s."told_at", s."told_in_writing_at") END < s."jurisdiction_at" THEN 6
    WHEN CASE WHEN (s."disputed" OR s."unclear") THEN s."told_in_writing_at" ELSE LEAST(s."told_at", s."told_in_writing_at") END <= d.due THEN 2
    WHEN CASE WHEN (s."disputed" OR s."unclear") THEN s."told_in_writing_at" ELSE LEAST(s."told_at", s."told_in_writing_at") END > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "alarm" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (s."disputed" OR s."unclear") THEN (s."jurisdiction_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-08' AND p.name = 'written' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."jurisdiction_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."jurisdiction_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') ELSE (s."jurisdiction_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'ALM-08' AND p.name = 'oral' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."jurisdiction_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."jurisdiction_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 minute') END AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."jurisdiction_at" > end_of(date '2012-12-31')
  AND (s."jurisdiction" = 'not_police')
