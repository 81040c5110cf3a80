-- CAS-12 version 2: 处罚前未告知（含监护人）
-- Generated from audit-rules/case/CAS-12-notice-2026.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."decided_at" AS opened_at,
  s."decided_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-12') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."decided_at" IS NULL THEN 6
    WHEN m.at <= s."decided_at" THEN 2
    WHEN m.at > s."decided_at" THEN 3
    WHEN s."decided_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  3::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN (CASE WHEN s."notice_by_publication" THEN ((end_of(local_day(s."notice_at") + nullif(least(greatest(floor((SELECT p.amount FROM rule_param p LEFT JOIN unit u ON u.id = s."unit_id" WHERE p.rule_code = 'CAS-12' AND p.name = 'publication' AND p.key = '' AND (p.unit_id IS NULL OR p.unit_id = ANY(u.path)) AND p.from_on <= local_day(s."decided_at") AND (p.to_on IS NULL OR p.to_on > local_day(s."decided_at")) ORDER BY array_position(u.path, p.unit_id) DESC NULLS LAST, p.from_on DESC LIMIT 1)), 0), 100000), 0)::int) < s."decided_at") IS TRUE) ELSE ((s."notice_at" <= s."decided_at") IS TRUE) END AND ((NOT EXISTS (SELECT FROM "case_party" t1 WHERE t1."case_id" = s.id AND ((t1."role" = 'suspect') AND t1."age_class" IN ('under14', 'under18')))) OR s."guardian_told_at" <= s."decided_at")) THEN s."decided_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."decided_at" > end_of(date '2025-12-31')
  AND ((s."kind" IS DISTINCT FROM 'criminal') AND s."decision" IN ('warning', 'fine', 'detention', 'revocation', 'closure'))
