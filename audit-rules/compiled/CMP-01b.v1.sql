-- CMP-01b version 1: 局长信箱、12345转办件联系诉求人超时
-- Generated from audit-rules/complaint/CMP-01b-contact.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."handler_id" AS person_id,
  s."received_at" AS opened_at,
  d.due AS due_at,
  (d.due - interval '4 hours') AS warn_at,
  LEAST(s."contacted_at", s."answered_at", s."transferred_at", s."merged_at") AS met_at,
  (CASE WHEN (((s."no_contact") IS TRUE) OR (s."repeat_of_id" IS NOT NULL)) OR EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-01b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN d.due IS NULL THEN 6
    WHEN LEAST(s."contacted_at", s."answered_at", s."transferred_at", s."merged_at") < s."received_at" THEN 6
    WHEN LEAST(s."contacted_at", s."answered_at", s."transferred_at", s."merged_at") <= d.due THEN 2
    WHEN LEAST(s."contacted_at", s."answered_at", s."transferred_at", s."merged_at") > d.due THEN 3
    WHEN d.due < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "complaint" s
  CROSS JOIN LATERAL (SELECT (s."received_at" + (nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CMP-01b' AND p.name = 'contact' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."received_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."received_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) * interval '1 hour') AS due OFFSET 0) d
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2020-12-31')
  AND s."channel" IN ('mailbox', 'hotline')
