-- CMP-05 version 1: 对侦查措施的申诉控告处理超期
-- Generated from audit-rules/complaint/CMP-05-accusation.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."handler_id" AS person_id,
  s."received_at" AS opened_at,
  end_of((local_day(s."received_at") + 30)) AS due_at,
  (end_of((local_day(s."received_at") + 30)) - interval '120 hours') AS warn_at,
  LEAST(s."answered_at", s."transferred_at") AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CMP-05') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN end_of((local_day(s."received_at") + 30)) IS NULL THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at") < s."received_at" THEN 6
    WHEN LEAST(s."answered_at", s."transferred_at") <= end_of((local_day(s."received_at") + 30)) THEN 2
    WHEN LEAST(s."answered_at", s."transferred_at") > end_of((local_day(s."received_at") + 30)) THEN 3
    WHEN end_of((local_day(s."received_at") + 30)) < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "complaint" s
WHERE s.id = ANY($1::uuid[])
  AND s."received_at" > end_of(date '2012-12-31')
  AND ((s."channel" = 'accusation') AND (s."measure" IS NOT NULL))
