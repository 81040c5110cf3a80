-- LIC-01b version 1: 未出具加盖专用印章和注明日期的凭证
-- Generated from audit-rules/licence/LIC-01b-slip.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."acceptor_id" AS person_id,
  LEAST(s."accepted_at", s."refused_at") AS opened_at,
  LEAST(s."accepted_at", s."refused_at") AS due_at,
  NULL::timestamptz AS warn_at,
  CASE WHEN ((s."slip_number" IS NOT NULL) AND s."slip_sealed") THEN LEAST(s."accepted_at", s."refused_at") END AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'LIC-01b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN LEAST(s."accepted_at", s."refused_at") IS NULL THEN 6
    WHEN CASE WHEN ((s."slip_number" IS NOT NULL) AND s."slip_sealed") THEN LEAST(s."accepted_at", s."refused_at") END <= LEAST(s."accepted_at", s."refused_at") THEN 2
    WHEN CASE WHEN ((s."slip_number" IS NOT NULL) AND s."slip_sealed") THEN LEAST(s."accepted_at", s."refused_at") END > LEAST(s."accepted_at", s."refused_at") THEN 3
    WHEN LEAST(s."accepted_at", s."refused_at") < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  2::smallint AS severity
FROM "licence" s
WHERE s.id = ANY($1::uuid[])
  AND LEAST(s."accepted_at", s."refused_at") > end_of(date '2004-06-30')
