-- CAS-10b version 1: 不适用快速办理而快速办理
-- Generated from audit-rules/case/CAS-10b-fast-track-fit.yml; do not edit. $1 uuid[] of subject ids, $2 timestamptz now.
SELECT s.id AS subject_id,
  '00000000-0000-0000-0000-000000000000'::uuid AS occurrence,
  s."unit_id" AS unit_id,
  s."lead_id" AS person_id,
  s."fast_track_at" AS opened_at,
  s."fast_track_at" AS due_at,
  NULL::timestamptz AS warn_at,
  m.at AS met_at,
  (CASE WHEN EXISTS (SELECT FROM excuse x WHERE x.rule_id = (SELECT r.id FROM rule r WHERE r.code = 'CAS-10b') AND x.subject_id = s.id AND x.occurrence = '00000000-0000-0000-0000-000000000000'::uuid AND (x.until IS NULL OR x.until > $2::timestamptz)) THEN 5
    WHEN s."fast_track_at" IS NULL THEN 6
    WHEN m.at <= s."fast_track_at" THEN 2
    WHEN m.at > s."fast_track_at" THEN 3
    WHEN s."fast_track_at" < $2::timestamptz THEN 4
    ELSE 1 END)::smallint AS verdict,
  1::smallint AS severity
FROM "case" s
  CROSS JOIN LATERAL (SELECT CASE WHEN ((s."hearing_told_at" IS NULL) AND (NOT EXISTS (SELECT FROM "case_party" t1 WHERE t1."case_id" = s.id AND ((t1."role" = 'suspect') AND t1."age_class" IN ('under14', 'under18'))))) THEN s."fast_track_at" END AS at OFFSET 0) m
WHERE s.id = ANY($1::uuid[])
  AND s."fast_track_at" > end_of(date '2018-12-31')
  AND ((s."kind" IS DISTINCT FROM 'criminal') AND (s."fast_track_left_at" IS NULL))
